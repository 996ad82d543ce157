/** The page: set-up on the left, the run and its charts beside it; one column on a narrow screen. */
import classes from './App.module.css';
import { ChartGrid } from './charts/ChartGrid';
import { Header } from './Header';
import { Milestones } from './run/Milestones';
import { ResultCard } from './run/ResultCard';
import { RunBar } from './run/RunBar';
import { RunNotices } from './run/RunNotices';
import { DropTarget } from './setup/DropTarget';
import { SetupPanel } from './setup/SetupPanel';

export function App() {
  return (
    <>
      <Header />
      <main className={classes.page}>
        <section className={classes.setup} aria-label="Set-up">
          <SetupPanel />
        </section>
        <section className={classes.run} aria-label="Run">
          <RunNotices />
          <RunBar />
          <ResultCard />
          <ChartGrid />
        </section>
      </main>
      <Milestones />
      <DropTarget />
    </>
  );
}
