/** The parameter targets as a list, and what share of the table each one is. */
import { readList, readNumber } from '../../experiment/setting-text';
import { usePlayground } from '../../store/use-playground';
import { formatCount, formatPercent } from '../format';
import { ListField } from './SettingField';

export function TargetsField({ error }: { readonly error: string | undefined }) {
  const text = usePlayground((state) => state.draft.targets);
  const dimension = usePlayground((state) => readNumber(state.draft.dimension));
  const features = usePlayground((state) => state.dataset?.summary.features ?? null);
  const tableSize = features !== null && dimension > 0 ? features * dimension : null;
  return <ListField name="targets" error={error} description={describe(readList(text), tableSize)} />;
}

function describe(targets: readonly number[], tableSize: number | null): string {
  const readable = targets.filter(Number.isFinite);
  if (readable.length === 0)
    return 'Whole numbers with commas or spaces between them. None: no ticket is saved.';
  const share = (target: number) => (tableSize ? ` (${formatPercent(target / tableSize)})` : '');
  return `A ticket at ${readable.map((target) => formatCount(target) + share(target)).join(' · ')} of the table`;
}
