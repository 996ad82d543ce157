/** The page: set-up on the left, the run and its charts beside it; one column on a narrow screen. */
import { Skeleton } from '@mantine/core';
import { useRef, useState } from 'react';
import { playground } from '../store/use-playground';
import classes from './App.module.css';
import { ChartGrid } from './charts/ChartGrid';
import { Header } from './Header';
import { lazyPart } from './lazyPart';
import { AccountingCard } from './run/AccountingCard';
import { ExperimentBar, type View } from './run/ExperimentBar';
import { Milestones } from './run/Milestones';
import { ResultCard } from './run/ResultCard';
import { RunBar } from './run/RunBar';
import { RunNotices } from './run/RunNotices';
import { TicketTable } from './run/TicketTable';
import { DropTarget } from './setup/data/DropTarget';
import { SetupPanel } from './setup/SetupPanel';

const CompareView = lazyPart(
  async () => (await import('./compare/CompareView')).CompareView,
  <Skeleton height={320} radius="sm" />,
);

export function App() {
  const [view, setView] = useState<View>('live');
  const runSection = useRef<HTMLElement>(null);
  const show = (id: string) => {
    playground.getState().show(id);
    setView('live');
  };

  /** On a narrow screen the charts lie far below the set-up: whoever presses Train wants to see them. */
  const showRunSection = () => {
    const section = runSection.current;
    if (section && section.getBoundingClientRect().top > window.innerHeight / 2) section.scrollIntoView();
  };

  return (
    <>
      <Header />
      <main className={classes.page}>
        <section className={classes.setup} aria-label="Set-up">
          <SetupPanel />
        </section>
        <section ref={runSection} className={classes.run} aria-label="Run">
          <RunNotices onShow={show} />
          <RunBar onTrain={showRunSection} />
          <ExperimentBar view={view} onViewChange={setView} />
          {view === 'live' ? (
            <>
              <ChartGrid>
                <ResultCard />
                <TicketTable />
              </ChartGrid>
              <AccountingCard />
            </>
          ) : (
            <CompareView onShow={show} />
          )}
        </section>
      </main>
      <Milestones />
      <DropTarget />
    </>
  );
}
