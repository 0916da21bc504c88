import {setTimeout as pause} from 'node:timers/promises';

import type {Measurement} from './measurement.ts';
import {atMost, type Reading, reading} from './reading.ts';
import {showPorts} from './screen.ts';
import {spreadOf} from './statistics.ts';

/** Down and up again. */
const CHANGES = 60;
const WARM_UP = 4;
const APART_MS = 405;
const BRIDGE = 'bcarrier';

/** The far end of a bridge's only member goes down and up → the bridge's link on screen. */
export const carriers: Measurement = {
  name: 'carrier',
  async read(scene) {
    const {ip} = scene.stage;
    await using stack = new AsyncDisposableStack();
    await scene.ipBatch([
      `link add ${BRIDGE} type bridge`,
      'link add bnear type veth peer name bfar',
      `link set bnear master ${BRIDGE}`,
      ...[BRIDGE, 'bnear', 'bfar'].map((name) => `link set ${name} up`),
    ]);
    stack.defer(() => scene.ipBatch([`link del ${BRIDGE}`, 'link del bnear']));
    const bare = scene.follow(stack, 'ip', '-o', 'monitor', 'link');
    const screen = scene.openConsole(stack);
    await showPorts(screen, BRIDGE);
    const shows = (link: string) =>
      screen.drawn.next(`${BRIDGE} ${link}`, (rows) =>
        rows.some((row) => row.includes(BRIDGE) && row.includes(`bridge ${link}`)),
      );
    const all: {bare: number; shown: number}[] = [];
    for (let number = 0; number < WARM_UP + CHANGES; number += 1) {
      const link = number % 2 === 0 ? 'down' : 'up';
      const seen = Promise.all([
        bare.next('ip monitor', (line) => line.includes(` ${BRIDGE}: `)),
        shows(link),
      ]);
      const startMs = performance.now();
      await ip('link', 'set', 'bfar', link);
      const [bareMs, shownMs] = await seen;
      all.push({bare: bareMs - startMs, shown: shownMs - startMs});
      await pause(APART_MS, undefined, {signal: scene.signal});
    }
    return readingsOf(all.slice(WARM_UP));
  },
};

function readingsOf(all: readonly {bare: number; shown: number}[]): readonly Reading[] {
  const bare = spreadOf(all.map((change) => change.bare));
  const shown = spreadOf(all.map((change) => change.shown));
  const peersOf = (value: number) => [{name: 'ip monitor', value}];
  return [
    reading('carrier -> screen, p50', 'ms', shown.p50, {peers: peersOf(bare.p50)}),
    reading('carrier -> screen, p95', 'ms', shown.p95, {
      peers: peersOf(bare.p95),
      bound: atMost(150, 'ms'),
    }),
  ];
}
