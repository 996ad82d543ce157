/**
 * The kinds of runs of an experiment: a search or a plain training (each scheme is a kind), retrained tickets, and controls
 * of the same size. Names, colour roles and what sets one kind apart; charts, lists, the command line and the check of
 * stored runs are made from it.
 */
import { hasThresholds, SCHEME_IDS, SCHEMES, type SchemeId } from '../embedding/catalogue';

export interface RunKind {
  /** What its runs are called, beside their target. */
  readonly label: string;
  /** In a legend or a column. */
  readonly name: string;
  readonly family: 'search' | 'retrained' | 'control';
  /** What its marks are drawn in: a role, of which the page has the colour. */
  readonly color: string;
  readonly hasThresholds: boolean;
  /** Why there are no numbers of single features to draw, as a sentence; null where there are. */
  readonly noRows: string | null;
  /** Why its number of parameters is the same throughout, as a sentence; null where it falls. */
  readonly level: string | null;
}

interface SearchKind extends RunKind {
  readonly family: 'search';
  readonly color: (typeof SCHEMES)[SchemeId]['color'];
}

/** What can follow a search, for each of its tickets. */
interface FollowingKind extends RunKind {
  readonly help: string;
  /** Part of a full experiment unless the user says otherwise. */
  readonly isUsual: boolean;
}

/**
 * The table starts as the mask on V₀ or on fresh values; the rest of the model (linear part, MLP, attention) afresh or as in
 * the search. The official scripts set their seed again before they build the model to retrain, so that with V₀ all of it
 * starts as in the search: what they call the winning ticket is the full rewind here.
 */
interface RetrainedKind extends FollowingKind {
  readonly family: 'retrained';
  readonly values: 'initial' | 'fresh';
  readonly model: 'initial' | 'fresh';
}

interface ControlKind extends FollowingKind {
  readonly family: 'control';
  /** Of the ticket's size: a dense table of fewer dimensions, a mask of a dense model's largest |V|, or one that is drawn. */
  readonly table: 'narrower' | 'largest' | 'drawn';
}

const searches = Object.fromEntries(SCHEME_IDS.map((id) => [id, searchKind(id)])) as Record<
  SchemeId,
  SearchKind
>;

function searchKind(id: SchemeId): SearchKind {
  const { label, name, savesTickets, color, level, noRows } = SCHEMES[id];
  return {
    label: savesTickets ? 'Search' : label,
    name: savesTickets ? `search (${name})` : name,
    family: 'search',
    color,
    hasThresholds: hasThresholds(id),
    level,
    noRows,
  };
}

const MASKED = {
  hasThresholds: false,
  noRows: null,
  level: 'The mask was settled before this run started: the table keeps its size.',
} as const;

export const RUN_KINDS = {
  ...searches,
  ticket: {
    ...MASKED,
    label: 'Winning ticket',
    name: 'winning ticket',
    help: 'The mask on the initial values V₀; the rest of the model starts from fresh random numbers.',
    family: 'retrained',
    color: 'ticket',
    values: 'initial',
    model: 'fresh',
    isUsual: true,
  },
  reinit: {
    ...MASKED,
    label: 'Re-initialised',
    name: 're-initialised',
    help: 'The mask on fresh random values; the rest of the model starts from fresh numbers too.',
    family: 'retrained',
    color: 'ticket-2',
    values: 'fresh',
    model: 'fresh',
    isUsual: true,
  },
  rewind: {
    ...MASKED,
    label: 'Full rewind',
    name: 'full rewind',
    help: 'The mask on V₀, and the rest of the model starts as in the search. The official scripts do this.',
    family: 'retrained',
    color: 'ticket-3',
    values: 'initial',
    model: 'initial',
    isUsual: false,
  },
  uniform: {
    ...searches.uniform,
    help: 'The largest width whose table is no larger than the ticket.',
    family: 'control',
    table: 'narrower',
    isUsual: true,
  },
  magnitude: {
    ...MASKED,
    label: 'Magnitude pruning',
    name: 'magnitude pruning',
    help: 'A dense model is trained, its largest |V| are kept and retrained from V₀.',
    family: 'control',
    color: 'control',
    table: 'largest',
    isUsual: true,
  },
  random: {
    ...MASKED,
    label: 'Random mask',
    name: 'random mask',
    help: 'As many entries as the ticket, drawn at random, trained from V₀.',
    family: 'control',
    color: 'control-2',
    table: 'drawn',
    isUsual: true,
  },
} as const satisfies Readonly<Record<string, SearchKind | RetrainedKind | ControlKind>>;

type RunKinds = typeof RUN_KINDS;
type IdsOf<Family extends RunKind['family']> = {
  [Id in keyof RunKinds]: RunKinds[Id]['family'] extends Family ? Id : never;
}[keyof RunKinds];

export type RunKindId = keyof RunKinds;
export type RetrainMode = IdsOf<'retrained'>;
export type ControlId = IdsOf<'control'>;
export type ColorRole = RunKinds[RunKindId]['color'];

export const RUN_KIND_IDS = Object.keys(RUN_KINDS) as [RunKindId, ...RunKindId[]];
export const RETRAIN_MODES = idsOf('retrained') as [RetrainMode, ...RetrainMode[]];
export const CONTROLS = idsOf('control') as [ControlId, ...ControlId[]];

function idsOf(family: RunKind['family']): RunKindId[] {
  return RUN_KIND_IDS.filter((id) => RUN_KINDS[id].family === family);
}

/** Whether runs of this kind stand beside a ticket, or are made of it. */
export function isControl(id: RunKindId): id is ControlId {
  return RUN_KINDS[id].family === 'control';
}
