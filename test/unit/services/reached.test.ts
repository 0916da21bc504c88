import {expect, test} from 'vitest';

import {createMemoryClock} from '#drivers/memory/clock.ts';
import {createReached} from '#services/reached.ts';

/** Whether a wait is over after so much time. */
async function isOver(wait: Promise<void>, pass: () => Promise<void>): Promise<boolean> {
  let over = false;
  void wait.then(() => {
    over = true;
  });
  await pass();
  return over;
}

test('who has seen what is applied does not wait', async () => {
  const clock = createMemoryClock();
  const reached = createReached(clock);
  reached.applied(7);
  expect(await isOver(reached.wait(7), () => clock.turn(0))).toBe(true);
});

test('who has seen more waits until it is applied', async () => {
  const clock = createMemoryClock();
  const reached = createReached(clock);
  reached.applied(7);
  const wait = reached.wait(9);
  reached.applied(8);
  expect(await isOver(wait, () => clock.turn(100))).toBe(false);
  reached.applied(9);
  expect(await isOver(wait, () => clock.turn(0))).toBe(true);
});

test('nobody waits for ever for what never comes', async () => {
  const clock = createMemoryClock();
  const wait = createReached(clock).wait(1000);
  expect(await isOver(wait, () => clock.turn(1999))).toBe(false);
  expect(await isOver(wait, () => clock.turn(1))).toBe(true);
});
