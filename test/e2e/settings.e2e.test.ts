/** The form has a field for every setting that the chosen scheme and model read, and no other. */
import { expect, it } from 'vitest';
import { isRead } from '../../src/experiment/read-settings';
import { SETTING_NAMES, SETTINGS, settingOf } from '../../src/experiment/setting-table';
import { MODELS } from '../../src/models/catalogue';
import { PAIRS } from '../experiment/some-settings';
import { button, choose, openPage, untilReady } from './harness';

/** It stays where nothing has thresholds, and says so. */
const ALWAYS_THERE = 'granularity';

it('for every scheme with every model', async () => {
  const page = await openPage({ gpu: false });
  await untilReady(page);
  await button(page, 'More settings').click();
  const settings = page.getByRole('region', { name: 'Set-up' }).locator('label');
  const labels = new Set<string>(SETTING_NAMES.map((name) => settingOf(name).label));
  const shown = async () => {
    const texts = await settings.evaluateAll((all) => all.map((each) => each.textContent?.trim() ?? ''));
    return texts.filter((text) => labels.has(text)).sort();
  };
  for (const pair of PAIRS) {
    await choose(page, SETTINGS.scheme.label, `${SETTINGS.scheme.options[pair.scheme].label}$`);
    await choose(page, SETTINGS.model.label, `${MODELS[pair.model].label}$`);
    const read = SETTING_NAMES.filter((name) => name === ALWAYS_THERE || isRead(name, pair));
    await expect.poll(shown).toEqual(read.map((name) => settingOf(name).label).sort());
  }
});

it('keeps what is typed or chosen in a field of each kind', async () => {
  const page = await openPage({ gpu: false });
  await untilReady(page);
  await choose(page, 'Base model', 'DNN$');
  await button(page, 'More settings').click();
  await page.getByRole('textbox', { name: 'MLP widths', exact: true }).fill('8 4');
  await page.getByRole('textbox', { name: 'Dropout (MLP)', exact: true }).fill('1e-1');
  await page.getByRole('checkbox', { name: SETTINGS.stopAtLastTarget.label }).uncheck();
  await choose(page, 'Protocol', 'Paper');
  const kept = await page.evaluate(() => Object.values(localStorage));
  expect(kept.map((text) => JSON.parse(text).draft)).toEqual([
    expect.objectContaining({
      mlpWidths: '8 4',
      dropout: '1e-1',
      stopAtLastTarget: false,
      protocol: 'paper',
    }),
  ]);
});
