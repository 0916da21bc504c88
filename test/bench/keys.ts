import {setTimeout as pause} from 'node:timers/promises';

import {CHANGES_A_SECOND, startChurn} from './churn.ts';
import type {Measurement} from './measurement.ts';
import {findMonitors} from './monitors.ts';
import {atMost, type Peer, reading} from './reading.ts';
import type {Scene} from './scene.ts';
import type {Screen} from './screen.ts';
import {spreadOf} from './statistics.ts';

const PRESSES = 240;
const PEER_PRESSES = 60;
/** So many lines down, then as many up again. */
const STEPS = 6;

/** A key on Ports, while ports change 20 times a second → the cursor is elsewhere on screen. */
export const keys: Measurement = {
  name: 'key',
  async read(scene) {
    await using stack = new AsyncDisposableStack();
    const {screen} = await startChurn(scene, stack, {name: 'bk', perSecond: CHANGES_A_SECOND});
    const ours = spreadOf(await pressKeys(screen, PRESSES, scene.signal));
    const peers = await htopKeys(scene);
    const peersOf = (value: 'p50' | 'p95') =>
      peers === undefined ? [] : [{name: 'htop', value: peers[value]} satisfies Peer];
    return [
      reading('key -> screen, p50', 'ms', ours.p50, {
        peers: peersOf('p50'),
        bound: atMost(10, 'ms'),
      }),
      reading('key -> screen, p95', 'ms', ours.p95, {
        peers: peersOf('p95'),
        bound: atMost(35, 'ms'),
      }),
    ];
  },
};

/** Moves the cursor down and up; how long each took to be seen, in ms. */
export async function pressKeys(
  screen: Screen,
  count: number,
  signal: AbortSignal,
): Promise<readonly number[]> {
  const times: number[] = [];
  for (let number = 0; number < count; number += 1) {
    const before = cursorOf(screen.rows());
    const isDown = number % (2 * STEPS) < STEPS;
    const moved = screen.drawn.next('the cursor to move', (rows) => {
      const now = cursorOf(rows);
      return isDown ? now > before : now < before && now >= 0;
    });
    const pressedMs = performance.now();
    screen.press(isDown ? 'j' : 'k');
    times.push((await moved) - pressedMs);
    await pause(pauseMs(number), undefined, {signal});
  }
  return times;
}

const cursorOf = (rows: readonly string[]): number => rows.findIndex((row) => row.startsWith('»'));

/** 40 to 109 ms, so that keys meet every phase of the screen's own drawing. */
const pauseMs = (number: number): number => 40 + ((number * 13) % 70);

/** The same of htop, whose every key draws something. */
async function htopKeys(scene: Scene): Promise<ReturnType<typeof spreadOf> | undefined> {
  await using stack = new AsyncDisposableStack();
  const htop = (await findMonitors(scene)).find(({name}) => name === 'htop');
  if (htop === undefined) {
    return undefined;
  }
  const {drawn, press} = htop.open(stack);
  await drawn.next('htop', () => true);
  await pause(500, undefined, {signal: scene.signal});
  const times: number[] = [];
  for (let number = 0; number < PEER_PRESSES; number += 1) {
    const seen = drawn.next('htop to draw', () => true);
    const pressedMs = performance.now();
    press(number % (2 * STEPS) < STEPS ? '\u001b[B' : '\u001b[A');
    times.push((await seen) - pressedMs);
    await pause(pauseMs(number), undefined, {signal: scene.signal});
  }
  return spreadOf(times);
}
