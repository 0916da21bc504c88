import fc from 'fast-check';
import {expect, it} from 'vitest';

import type {JobProgress} from '#domain/job/progress.ts';
import {createMemoryClock} from '#drivers/memory/clock.ts';
import {createProgressTeller, PROGRESS_EVERY_MS} from '#services/job/progress.ts';

it('tells the first at once, never two within a fifth of a second, and the newest in the end', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat({max: 700}), {minLength: 1, maxLength: 30}),
      async (pauses) => {
        const clock = createMemoryClock();
        const told: {readonly at: number; readonly done: number}[] = [];
        const onProgress = ({done}: JobProgress): void =>
          void told.push({at: clock.monotonicMs(), done});
        const teller = createProgressTeller({clock, id: 'j', unit: 'step', onProgress});
        for (const [index, pause] of pauses.entries()) {
          teller.tell({done: index + 1, total: pauses.length});
          await clock.turn(pause);
        }
        await clock.turn(1000);
        expect(told[0]).toEqual({at: 0, done: 1});
        expect(told.at(-1)?.done).toBe(pauses.length);
        for (const [index, {at}] of told.slice(1).entries()) {
          expect(at - (told[index]?.at ?? 0)).toBeGreaterThanOrEqual(PROGRESS_EVERY_MS);
        }
      },
    ),
    {numRuns: 30},
  );
});

it('tells nothing once it is stopped', async () => {
  const clock = createMemoryClock();
  const told: JobProgress[] = [];
  const onProgress = (progress: JobProgress): void => void told.push(progress);
  const teller = createProgressTeller({clock, id: 'j', unit: 'step', onProgress});
  teller.tell({done: 1, total: null});
  teller.tell({done: 2, total: null, phase: 'reading'});
  teller.stop();
  await clock.turn(1000);
  expect(told).toMatchObject([{id: 'j', done: 1, unit: 'step', phase: null}]);
});
