import { describe, expect, it } from 'vitest';
import { createSchedule, nextTask, sliceSteps } from '../../src/experiment/schedule';

describe('createSchedule', () => {
  it.each([
    [10, 1, 1],
    [79, 30, 10],
    [578, 40, 100],
    [578, 1000, 5000],
  ])('records %i × %i steps every %i', (stepsPerEpoch, epochs, recordEvery) => {
    const schedule = createSchedule(stepsPerEpoch, epochs);
    expect(schedule.recordEvery).toBe(recordEvery);
    expect(schedule.totalSteps / recordEvery).toBeLessThanOrEqual(240);
  });
});

describe('sliceSteps', () => {
  it('takes one step before anything is known, and about 50 ms of steps after', () => {
    expect(sliceSteps(0)).toBe(1);
    expect(sliceSteps(200)).toBe(1);
    expect(sliceSteps(10)).toBe(5);
    expect(sliceSteps(0.01)).toBe(64);
  });
});

describe('nextTask', () => {
  it('lets messages in that were sent before', async () => {
    const { port1, port2 } = new MessageChannel();
    let arrived = false;
    port1.onmessage = () => {
      arrived = true;
      port1.close();
    };
    port2.postMessage(null);
    for (let i = 0; i < 20 && !arrived; i++) await nextTask();
    expect(arrived).toBe(true);
  });
});
