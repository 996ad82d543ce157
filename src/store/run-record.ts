/**
 * A run as it is kept, described once: its type, and the check of what comes back from a file or from the browser's storage, are
 * made from this. Whether its parts belong to one table is in run-faults.ts; older versions are in restore-run.ts.
 */
import { z } from 'zod';
import {
  finishReasonSchema,
  resultSchema,
  runStartedSchema,
  statsSchema,
  ticketSchema,
} from '../experiment/events';
import {
  auc,
  type Described,
  epochs,
  logloss,
  maskSchema,
  measured,
  record,
  whole,
  withoutSign,
} from '../experiment/recorded';
import { SETTINGS } from '../experiment/setting-table';
import { appendPoint, EMPTY_SERIES, MAX_POINTS, type Series } from './series';

/** The last moment that a Date can hold, in milliseconds. */
const LAST_MOMENT = 8.64e15;

/** Points in rising order of step; more than a chart draws are thinned out, and null is no point. */
function series<Point extends { readonly step: number }>(point: z.ZodType<Point | null>) {
  return record({ points: z.array(point), gap: whole })
    .transform(({ points, ...rest }) => ({ ...rest, points: points.filter((each) => each !== null) }))
    .superRefine(({ points }, context) => {
      const late = points.findIndex(({ step }, i) => i > 0 && step <= points[i - 1].step);
      if (late < 0) return;
      context.addIssue({ code: 'custom', path: ['points', late, 'step'], message: 'the steps do not rise' });
    })
    .transform((given): Series<Point> => {
      if (given.points.length <= MAX_POINTS) return given;
      return given.points.reduce<Series<Point>>((thinned, each) => appendPoint(thinned, each), EMPTY_SERIES);
    });
}

const tablePointSchema = statsSchema.omit({ mask: true, dimensions: true, trainLoss: true });
/** One point of the charts of the table. */
export type TablePoint = Described<typeof tablePointSchema>;

const pointShape = { step: whole, epoch: epochs };

const lossPointSchema = record({ ...pointShape, trainLoss: measured() });
export interface LossPoint extends Described<typeof lossPointSchema> {
  readonly trainLoss: number;
}

const evaluationPointSchema = record({ ...pointShape, auc, logloss });
export type EvaluationPoint = Described<typeof evaluationPointSchema>;

export const viewSchema = record({
  /** "starting" lasts from Train until the engine has built the table; "cut" is a run that the page did not survive. */
  status: z.enum(['starting', 'running', 'paused', 'finished', 'failed', 'cut']),
  /** What the run said of itself when it started. */
  start: runStartedSchema,
  step: whole,
  epoch: epochs,
  /** nnz of the table; null before the first report. */
  parameters: whole.nullable(),
  msPerStep: measured(),
  msLeft: measured(),
  table: series(tablePointSchema),
  /** A loss that is no number is no point of the curve. */
  losses: series(
    lossPointSchema.transform(({ trainLoss, ...point }): LossPoint | null =>
      trainLoss === null ? null : { ...point, trainLoss },
    ),
  ),
  /** On the validation split. */
  evaluations: series(evaluationPointSchema),
  tickets: z
    .array(ticketSchema.extend({ mask: maskSchema }))
    .max(SETTINGS.targets.most.length, `a run has at most ${SETTINGS.targets.most.length} tickets`),
  /** The newest state of the whole table, for the pictures of single features. */
  latest: statsSchema.nullable(),
  finish: record({ reason: finishReasonSchema, result: resultSchema.nullable() }).nullable(),
  error: z.string().nullable(),
});
export type RecordedView = Described<typeof viewSchema>;

export const runSchema = record({
  id: z.string().min(1),
  /** Shared by a search and everything that was made of its tickets. */
  experiment: z.string(),
  /** Milliseconds since 1970. */
  startedAt: z.number().min(0).max(LAST_MOMENT).transform(withoutSign),
  name: z.string(),
  /** CSS colour of its marks in the charts across runs. */
  color: z.string(),
  isHidden: z.boolean(),
  notes: z.string(),
  view: viewSchema,
});
export type RunRecord = Described<typeof runSchema>;
