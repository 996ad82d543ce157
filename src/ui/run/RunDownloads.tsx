/** What can be taken away of a run: its table, its numbers, its report, the way to repeat it. */
import { Menu } from '@mantine/core';
import { linkHash } from '../../store/link';
import { madeFor } from '../../store/made-for';
import { settingsText } from '../../store/own-files';
import { isActive, type RunView } from '../../store/run';
import type { SavedRun } from '../../store/saved-run';
import { playground } from '../../store/use-playground';
import { fileName, saveFile } from '../saveFile';

const importTakeAway = () => import('../takeAway');

/** Items of a menu. `onProblem` hears why something cannot be saved. */
export function RunDownloads({ run, onProblem }: { readonly run: SavedRun; onProblem(words: string): void }) {
  const { start, latest, table } = run.view;
  if (!start) return null;
  const { config, dataset } = start;

  async function saveTable(): Promise<void> {
    const stored = await playground
      .getState()
      .tableOf(run.id)
      .catch((error: Error) => onProblem(error.message));
    if (stored === undefined) return;
    if (!stored) {
      onProblem(whyNoTable(run.view));
      return;
    }
    const { tableFile } = await importTakeAway();
    const file = tableFile(run, stored, playground.getState().dataset);
    saveFile(fileName(run.name, 'safetensors'), 'application/octet-stream', file);
  }

  async function saveText(
    ending: 'csv' | 'html' | 'json',
    kind: 'dimensions' | 'curves' | 'report' | 'config',
  ) {
    const { dimensionsCsv, curvesCsv, runReport } = await importTakeAway();
    const { dataset: loaded, runs } = playground.getState();
    const name = fileName(`${run.name} ${kind}`, ending);
    switch (kind) {
      case 'dimensions':
        return saveFile(name, 'text/csv', dimensionsCsv(run, loaded));
      case 'curves':
        return saveFile(name, 'text/csv', curvesCsv(run));
      case 'report':
        return saveFile(name, 'text/html', await runReport(run, runs));
      case 'config':
        return saveFile(name, 'application/json', settingsText({ ...madeFor(dataset), config }));
      default:
        return kind satisfies never;
    }
  }

  async function copyLink(): Promise<void> {
    const address = new URL(linkHash({ ...madeFor(dataset), config }), window.location.href).href;
    try {
      await navigator.clipboard.writeText(address);
    } catch {
      onProblem(`The browser did not let the page copy. The link is ${address}`);
    }
  }

  return (
    <>
      <Menu.Item onClick={() => void saveTable()}>Table (safetensors)</Menu.Item>
      <Menu.Item disabled={!latest?.dimensions} onClick={() => void saveText('csv', 'dimensions')}>
        Dimensions per feature (CSV)
      </Menu.Item>
      <Menu.Item disabled={table.points.length === 0} onClick={() => void saveText('csv', 'curves')}>
        Curves (CSV)
      </Menu.Item>
      <Menu.Item onClick={() => void saveText('html', 'report')}>Report (HTML)</Menu.Item>
      <Menu.Divider />
      <Menu.Item onClick={() => void saveText('json', 'config')}>Settings (JSON)</Menu.Item>
      <Menu.Item onClick={() => void copyLink()}>Copy link to the settings</Menu.Item>
    </>
  );
}

function whyNoTable({ status, finish }: RunView): string {
  if (isActive(status)) return 'The run has not ended yet: its table comes with its end.';
  if (finish?.result) {
    return 'This browser holds no table of this run: it comes from a file, there was no room, or the browser’s storage was cleared. Run it again.';
  }
  return 'This run did not come to its end, so it left no table. Run it again.';
}
