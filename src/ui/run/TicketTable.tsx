/**
 * The tickets of a search against what was made of them: a row a ticket, a column for each way to retrain it and each
 * control of its size. A cell is the test AUC, or the button that gets it.
 */
import { Button, Paper, Text, Title, Tooltip } from '@mantine/core';
import { memo, useDeferredValue, useMemo } from 'react';
import { controlObstacle, type ExperimentPlan, type SavedTicket } from '../../experiment/plan';
import {
  CONTROLS,
  type ControlId,
  isControl,
  RETRAIN_MODES,
  type RetrainMode,
  RUN_KINDS,
} from '../../experiment/run-kinds';
import { compareData, describeDifference, mayBeSame } from '../../experiment/same-data';
import { formatMetric } from '../../experiment/unmeasured';
import type { PlaygroundState } from '../../store/playground';
import { isActive } from '../../store/run';
import { isSearch, type SavedRun } from '../../store/saved-run';
import { playground, usePlayground } from '../../store/use-playground';
import type { DatasetSummary } from '../../worker/protocol';
import { Absent, BY_ANY_MEANS } from '../Absent';
import { formatCount, formatPercent } from '../format';
import { uniqueKeys } from '../uniqueKeys';
import classes from './TicketTable.module.css';

type Way = RetrainMode | ControlId;

const WAYS: readonly Way[] = [...RETRAIN_MODES, ...CONTROLS];

/** Its three dozen buttons are drawn in slices, once there is time, and not in the same task as the end of a run. */
export function TicketTable() {
  const runs = useDeferredValue(usePlayground((state) => state.runs));
  const experiment = useDeferredValue(
    usePlayground(
      (state) => state.runs.find(({ id }) => id === state.shownId)?.experiment ?? state.experiment,
    ),
  );
  const dataset = useDeferredValue(usePlayground((state) => state.dataset));
  const isUnderWay = useDeferredValue(usePlayground((state) => isActive(state.run.status)));
  return <Tickets runs={runs} experiment={experiment} dataset={dataset} isUnderWay={isUnderWay} />;
}

type TicketsProps = Pick<PlaygroundState, 'runs' | 'experiment' | 'dataset'> & {
  readonly isUnderWay: boolean;
};

const Tickets = memo(function Tickets({ runs, experiment, dataset, isUnderWay }: TicketsProps) {
  const members = useMemo(() => runs.filter((run) => run.experiment === experiment), [runs, experiment]);
  const search = members.find((run) => isSearch(run) && run.view.tickets.length > 0);
  const start = search?.view.start;
  if (!search || !start) return null;
  const isLoaded = dataset !== null && mayBeSame(start.dataset, dataset.summary);
  const isSearching = isActive(search.view.status);
  const canRun = isLoaded && !isUnderWay && !isSearching;
  const dense = members.find(({ view }) => view.start?.run.id === 'dense')?.view.finish?.result;
  const { tickets } = search.view;
  const ticketKeys = uniqueKeys(tickets.map(({ target }) => target));
  const { tableSize } = start;
  const { features } = start.dataset;

  return (
    <Paper component="section" withBorder className={classes.card} aria-label="Tickets">
      <Title order={2} fz={14}>
        Tickets
      </Title>
      <Text size="xs" c="dimmed" mb={6}>
        {isLoaded &&
          'Test AUC after retraining, and of controls of the same size. A ticket is worth something where it beats them. '}
        {describeData(start.dataset, dataset?.summary ?? null)}
        {dense && ` The dense table, d = ${dense.dimension}: ${formatMetric(dense.testAuc)}.`}
      </Text>
      <div className={classes.scroll}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Parameters</th>
              {WAYS.map((way) => (
                <th key={way} scope="col">
                  <Tooltip label={RUN_KINDS[way].help} events={BY_ANY_MEANS}>
                    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what it means must be had by keyboard. */}
                    <span tabIndex={0}>{RUN_KINDS[way].label}</span>
                  </Tooltip>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {tickets.map((ticket, i) => (
              <tr key={ticketKeys[i]}>
                <th scope="row">
                  {formatCount(ticket.parameters)}{' '}
                  <small>{formatPercent(ticket.parameters / tableSize)}</small>
                </th>
                {WAYS.map((way) => (
                  <td key={way}>
                    <Cell
                      way={way}
                      ticket={ticket}
                      obstacle={obstacleOf(way, ticket, features)}
                      members={members}
                      canRun={canRun}
                      search={search}
                    />
                  </td>
                ))}
              </tr>
            ))}
            {tickets.length > 1 && (
              <tr>
                <th scope="row">All</th>
                {WAYS.map((way) => (
                  <td key={way}>
                    <RunButton
                      label={isControl(way) ? 'Run all' : 'Retrain all'}
                      name={`All tickets: ${RUN_KINDS[way].label}`}
                      disabled={!canRun || possible(tickets, way, features).length === 0}
                      onClick={() => retrain(search, possible(tickets, way, features), way)}
                    />
                  </td>
                ))}
              </tr>
            )}
          </tbody>
        </table>
      </div>
    </Paper>
  );
});

/** Whether the data of the tickets is what is loaded; '' where it is for certain. */
function describeData(ofTickets: DatasetSummary, loaded: DatasetSummary | null): string {
  const sameness = loaded ? compareData(ofTickets, loaded) : 'other';
  switch (sameness) {
    case 'same':
      return '';
    case 'perhaps':
      return 'These tickets are perhaps of the data that is loaded: version 0.1, which made them, kept no fingerprint. Name, rows and fields agree; make sure that the label does.';
    case 'other':
      return loaded?.name === ofTickets.name
        ? `These tickets are of ${describeDifference(ofTickets, loaded)}. Load theirs to retrain them.`
        : `These tickets belong to ${ofTickets.name}: load that data set to retrain them.`;
    default:
      return sameness satisfies never;
  }
}

interface CellProps {
  readonly way: Way;
  readonly ticket: SavedTicket;
  /** Why there is nothing to run; null where there is. */
  readonly obstacle: string | null;
  /** Runs of the ticket's experiment. */
  readonly members: readonly SavedRun[];
  readonly search: SavedRun;
  readonly canRun: boolean;
}

/** The newest result, or what to do to get one. */
function Cell({ way, ticket, obstacle, members, search, canRun }: CellProps) {
  const made = members.filter(({ view }) => view.start?.run.id === `${way}-${ticket.target}`);
  const result = made.map(({ view }) => view.finish?.result).findLast((each) => each);
  if (result?.testAuc === null) {
    const name = `${formatCount(ticket.parameters)}: ${RUN_KINDS[way].label}`;
    return (
      <Absent name={`Not measured, ${name}`} reason={result.notes?.join(' ') ?? 'It cannot be computed.'} />
    );
  }
  if (result) return <b>{formatMetric(result.testAuc)}</b>;
  if (made.some(({ view }) => isActive(view.status))) return <Text size="xs">running…</Text>;
  if (obstacle !== null) {
    const name = `Impossible, ${formatCount(ticket.parameters)}: ${RUN_KINDS[way].label}`;
    return <Absent name={name} reason={obstacle} />;
  }
  return (
    <RunButton
      label={isControl(way) ? 'Run' : 'Retrain'}
      name={`${formatCount(ticket.parameters)}: ${RUN_KINDS[way].label}`}
      disabled={!canRun}
      onClick={() => retrain(search, [ticket], way)}
    />
  );
}

interface RunButtonProps {
  readonly label: string;
  /** For a reader who does not see row and column. */
  readonly name: string;
  readonly disabled: boolean;
  onClick(): void;
}

function RunButton({ label, name, disabled, onClick }: RunButtonProps) {
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      disabled={disabled}
      aria-label={`${label}, ${name}`}
      onClick={onClick}
    >
      {label}
    </Button>
  );
}

function obstacleOf(way: Way, { parameters }: SavedTicket, features: number): string | null {
  return isControl(way) ? controlObstacle(way, parameters, features) : null;
}

function possible(tickets: readonly SavedTicket[], way: Way, features: number): SavedTicket[] {
  return tickets.filter((ticket) => obstacleOf(way, ticket, features) === null);
}

function retrain(search: SavedRun, tickets: readonly SavedTicket[], way: Way): void {
  const plan: ExperimentPlan = isControl(way)
    ? { retrain: [], controls: [way] }
    : { retrain: [way], controls: [] };
  const targets = tickets.map(({ target }) => target);
  void playground.getState().retrain(search.id, targets, plan);
}
