/** The charts across runs in their states. */
import { useComputedColorScheme } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import { cutOff, type SavedRun } from '../../../store/saved-run';
import { FieldDimensionsFigure } from '../../compare/FieldDimensionsFigure';
import { FrequencyFigure } from '../../compare/FrequencyFigure';
import { type ColorScheme, type Looks, looksOf } from '../../compare/looks';
import { OverlapFigure } from '../../compare/OverlapFigure';
import { OverlayFigure } from '../../compare/OverlayFigure';
import { RunsTable } from '../../compare/RunsTable';
import { TradeOffFigure } from '../../compare/TradeOffFigure';
import type { ExampleSet } from '../example';
import { Page } from '../Page';
import { LONG_NAMES, MANY_FIELDS, ONE_FIELD, SAMPLE } from '../seededDataset';
import { seededExperiment, seededSavedRun } from '../seededExperiment';

const experiment = seededExperiment({ dataset: SAMPLE });
const [search] = experiment;
const threeSeeds = seededExperiment({ dataset: SAMPLE, seeds: [1, 2, 3] });
const manyFields = seededExperiment({ dataset: MANY_FIELDS });
const longNames = seededExperiment({ dataset: LONG_NAMES }).map((run) => ({
  ...run,
  name: `${run.name} with the learning rate of the second sweep of last Thursday`,
}));
const twelveSearches = Array.from({ length: 12 }, (_, i) =>
  seededSavedRun(
    { dataset: SAMPLE, left: 0.5 / (i + 1), label: `Search ${i + 1}`, config: { seed: i + 1 } },
    `search ${i}`,
  ),
);
const unmeasured = seededSavedRun({ dataset: ONE_FIELD, auc: null }, 'unmeasured');
const underWay = seededSavedRun({ dataset: SAMPLE, reports: 40 }, 'cut', experiment);
const cut = { ...underWay, notes: 'Cut off at noon.', view: cutOff(underWay.view) };
const nothingLeft = [
  seededSavedRun({ dataset: SAMPLE, left: 0, label: 'Nothing left' }, 'nothing left'),
  seededSavedRun({ dataset: SAMPLE, left: 0.1, label: 'A tenth left', config: { seed: 2 } }, 'a tenth left'),
];

export const TRADE_OFF_EXAMPLES: ExampleSet = {
  title: 'AUC against parameters',
  isWide: true,
  pictures: {
    'one experiment': () => draw(experiment, TradeOff),
    'three seeds': () => draw(threeSeeds, TradeOff),
    'one run': () => draw([search], TradeOff),
    'one run, and one without an AUC': () => draw([search, unmeasured], TradeOff),
  },
  words: {
    'no run': () => draw([], TradeOff),
    'only a run without an AUC': () => draw([unmeasured], TradeOff),
  },
};

export const OVERLAY_EXAMPLES: ExampleSet = {
  title: 'Thresholds and sparsity',
  pictures: {
    'one search': () => draw([search], Overlay),
    'twelve searches, of which ten are drawn': () => draw(twelveSearches, Overlay),
    'a search that leaves nothing': () => draw(nothingLeft, Overlay),
    'long names': () => draw(longNames, Overlay),
  },
  words: { 'no search': () => draw(experiment.slice(1), Overlay) },
};

export const FIELD_DIMENSION_EXAMPLES: ExampleSet = {
  title: 'Dimensions per field',
  pictures: {
    'one experiment, of which eight runs are drawn': () => draw(experiment, FieldDimensionsFigure),
    'one run': () => draw([search], FieldDimensionsFigure),
    '39 fields': () => draw(manyFields, FieldDimensionsFigure),
    'long names': () => draw(longNames, FieldDimensionsFigure),
    'one of which nothing is left': () => draw(nothingLeft, FieldDimensionsFigure),
  },
  words: { 'no run': () => draw([], FieldDimensionsFigure) },
};

export const OVERLAP_EXAMPLES: ExampleSet = {
  title: 'Mask overlap',
  pictures: {
    'two tickets of a search': () => draw(experiment, OverlapFigure),
    '39 fields': () => draw(manyFields, OverlapFigure),
    'long names': () => draw(longNames, OverlapFigure),
  },
  words: { 'no run': () => draw([], OverlapFigure) },
};

export const FREQUENCY_EXAMPLES: ExampleSet = {
  title: 'Sparsity against feature frequency',
  pictures: {
    'one experiment': () => <Page dataset={SAMPLE}>{draw(experiment, FrequencyFigure)}</Page>,
    'one run': () => <Page dataset={SAMPLE}>{draw([search], FrequencyFigure)}</Page>,
    'long names': () => <Page dataset={LONG_NAMES}>{draw(longNames, FrequencyFigure)}</Page>,
  },
  words: {
    'another data set is loaded': () => <Page dataset={ONE_FIELD}>{draw(experiment, FrequencyFigure)}</Page>,
  },
};

export const RUNS_TABLE_EXAMPLES: ExampleSet = {
  title: 'Runs',
  isWide: true,
  pictures: {},
  words: {
    'one experiment, and a run that was cut off': () => draw([...experiment, cut], Runs),
    'long names': () => draw(longNames, Runs),
    'no run': () => draw([], Runs),
  },
};

interface FigureProps {
  readonly runs: readonly SavedRun[];
  readonly data: string;
  readonly looks: Looks;
  readonly colorScheme: ColorScheme;
}

type Figure = (props: FigureProps) => ReactNode;

/** A figure of these runs, in the looks that they have among each other. */
function draw(runs: readonly SavedRun[], figure: Figure): ReactNode {
  return <Drawn runs={runs} figure={figure} />;
}

function Drawn({ runs, figure: Figure }: { readonly runs: readonly SavedRun[]; readonly figure: Figure }) {
  const colorScheme = useComputedColorScheme('light');
  const looks = useMemo(() => looksOf(runs, colorScheme), [runs, colorScheme]);
  return <Figure runs={runs} data="Generated sample" looks={looks} colorScheme={colorScheme} />;
}

const TradeOff: Figure = ({ runs, data, colorScheme }) => (
  <TradeOffFigure runs={runs} data={data} colorScheme={colorScheme} />
);
const Overlay: Figure = ({ runs, data, looks }) => <OverlayFigure runs={runs} data={data} looks={looks} />;
const Runs: Figure = ({ runs, looks }) => <RunsTable runs={runs} looks={looks} onShow={() => undefined} />;
