/** The parts of the page that need recharts, loaded after the first paint. */
import { Skeleton } from '@mantine/core';
import { lazyPart } from '../lazyPart';

const importThresholds = () => import('./ThresholdPlot');
const importSavings = () => import('./SavingsPlot');
const importQuality = () => import('./QualityPlot');
const importPush = () => import('./PushPlot');

const PLACE = <Skeleton height={220} radius="sm" />;

export const ThresholdPlot = lazyPart(async () => (await importThresholds()).ThresholdPlot, PLACE);
export const SavingsPlot = lazyPart(async () => (await importSavings()).SavingsPlot, PLACE);
export const QualityPlot = lazyPart(async () => (await importQuality()).QualityPlot, PLACE);
export const PushPlot = lazyPart(async () => (await importPush()).PushPlot, PLACE);

/** Fetches them before the first run needs them. */
export async function preloadPlots(): Promise<void> {
  await Promise.all([importThresholds(), importSavings(), importQuality(), importPush()]);
}
