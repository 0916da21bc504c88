import {setTimeout as pause} from 'node:timers/promises';

import type {Measurement} from './measurement.ts';
import {type Peer, peerPlus, type Reading, reading, timesPeer} from './reading.ts';
import type {Scene} from './scene.ts';
import {type Screen, showPorts} from './screen.ts';
import type {Sightings} from './sightings.ts';
import {spreadOf} from './statistics.ts';

const ADDITIONS = 200;
/** At least this far apart. */
const APART_MS = 405;
/** As many at a time as have room on the screen; then they go, unmeasured. */
const GROUP = 8;
const SETTLE_MS = 250;
const WARM_UP = 8;

/** From just before `ip link add` is started to what shows the bridge. */
interface Added {
  readonly bare: number;
  readonly acknowledged: number;
  readonly shown: number;
}

/** uevent → acknowledged event → screen, beside the line of a bare `udevadm monitor --kernel`. */
export const uevents: Measurement = {
  name: 'uevent',
  async read(scene) {
    await using stack = new AsyncDisposableStack();
    const bare = scene.follow(stack, 'udevadm', 'monitor', '--kernel');
    const screen = scene.openConsole(stack);
    // Whatever else this machine has, only the bridges made here are in the list.
    await showPorts(screen, 'bm');
    const all: Added[] = [];
    for (let number = 0; number < WARM_UP + ADDITIONS; number += 1) {
      all.push(await add(`bm${number}`, {scene, bare, screen}));
      if (number % GROUP === GROUP - 1) {
        await removeGroup(number, {scene, screen});
      }
    }
    return readingsOf(all.slice(WARM_UP));
  },
};

async function add(
  name: string,
  {scene, bare, screen}: {scene: Scene; bare: Sightings<string>; screen: Screen},
): Promise<Added> {
  const isName = new RegExp(`\\b${name}\\b`);
  const seen = Promise.all([
    bare.next(
      `udevadm: ${name}`,
      (line) => line.includes(' add ') && line.includes(`/net/${name} `),
    ),
    scene.acknowledged.next(`the event of ${name}`, () => true),
    screen.drawn.next(`the row of ${name}`, (rows) => rows.some((row) => isName.test(row))),
  ]);
  const startMs = performance.now();
  const [times] = await Promise.all([
    seen,
    scene.stage.ip('link', 'add', name, 'type', 'bridge'),
    pause(APART_MS, undefined, {signal: scene.signal}),
  ]);
  const [bareMs, acknowledged, shown] = times.map((at) => at - startMs);
  return {bare: bareMs ?? 0, acknowledged: acknowledged ?? 0, shown: shown ?? 0};
}

async function removeGroup(
  last: number,
  {scene, screen}: {scene: Scene; screen: Screen},
): Promise<void> {
  const numbers = Array.from({length: GROUP}, (_, index) => last - index);
  const gone = screen.drawn.next(
    'the bridges to go',
    (rows) => !rows.some((row) => /\bbm\d/.test(row)),
  );
  await scene.ipBatch(numbers.map((number) => `link del bm${number}`));
  await gone;
  await pause(SETTLE_MS, undefined, {signal: scene.signal});
}

function readingsOf(all: readonly Added[]): readonly Reading[] {
  const bare = spreadOf(all.map((added) => added.bare));
  const acknowledged = spreadOf(all.map((added) => added.acknowledged));
  const shown = spreadOf(all.map((added) => added.shown));
  const p50: Peer = {name: 'udevadm', value: bare.p50};
  const p95: Peer = {name: 'udevadm', value: bare.p95};
  return [
    reading('uevent -> stored event, p50', 'ms', acknowledged.p50, {
      peers: [p50],
      bound: timesPeer(3, p50),
    }),
    reading('uevent -> stored event, p95', 'ms', acknowledged.p95, {
      peers: [p95],
      bound: timesPeer(3, p95),
    }),
    reading('uevent -> screen, p50', 'ms', shown.p50, {peers: [p50]}),
    reading('uevent -> screen, p95', 'ms', shown.p95, {
      peers: [p95],
      bound: peerPlus(p95, 60, 'ms'),
    }),
  ];
}
