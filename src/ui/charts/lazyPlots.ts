/** The parts of the page that need recharts, loaded after the first paint. */
import { lazy } from 'react';

const importThresholds = () => import('./ThresholdPlot');
const importSavings = () => import('./SavingsPlot');
const importQuality = () => import('./QualityPlot');
const importPush = () => import('./PushPlot');

export const ThresholdPlot = lazy(async () => ({ default: (await importThresholds()).ThresholdPlot }));
export const SavingsPlot = lazy(async () => ({ default: (await importSavings()).SavingsPlot }));
export const QualityPlot = lazy(async () => ({ default: (await importQuality()).QualityPlot }));
export const PushPlot = lazy(async () => ({ default: (await importPush()).PushPlot }));

/** Fetches them before the first run needs them. */
export async function preloadPlots(): Promise<void> {
  await Promise.all([importThresholds(), importSavings(), importQuality(), importPush()]);
}
