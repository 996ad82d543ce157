/** The parameter targets as a list, and what share of the table each one is. */
import { TextInput } from '@mantine/core';
import { parseList } from '../../store/draft';
import { usePlayground } from '../../store/use-playground';
import { formatCount, formatPercent } from '../format';

export function TargetsField({ error }: { readonly error: string | undefined }) {
  const text = usePlayground((state) => state.draft.targets);
  const edit = usePlayground((state) => state.edit);
  const dimension = usePlayground((state) => Number(state.draft.dimension));
  const features = usePlayground((state) => state.dataset?.summary.features ?? null);
  const tableSize = features !== null && dimension > 0 ? features * dimension : null;

  return (
    <TextInput
      label="Parameter targets"
      value={text}
      error={error}
      description={describe(parseList(text), tableSize)}
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => edit({ targets: event.currentTarget.value })}
    />
  );
}

function describe(targets: readonly number[], tableSize: number | null): string {
  const readable = targets.filter(Number.isFinite);
  if (readable.length === 0)
    return 'Whole numbers with commas or spaces between them. None: no ticket is saved.';
  const share = (target: number) => (tableSize ? ` (${formatPercent(target / tableSize)})` : '');
  return `A ticket at ${readable.map((target) => formatCount(target) + share(target)).join(' · ')} of the table`;
}
