import {execFile} from 'node:child_process';
import {promisify} from 'node:util';

import {until} from '#test/support/until.ts';
import type {Measurement} from './measurement.ts';
import {findMonitors, firstFrameMs} from './monitors.ts';
import {atMost, type Peer, reading} from './reading.ts';
import type {Scene} from './scene.ts';
import {median, percentile} from './statistics.ts';

const run = promisify(execFile);

const PORTS = 100;
const STARTS = 12;
const PEER_STARTS = 5;
const BOUND = atMost(350, 'ms');

/** From exec of `bin/cim-tui`, the agent running and knowing 100 ports, to a frame with real rows. */
export const start: Measurement = {
  name: 'start',
  async read(scene) {
    await using stack = new AsyncDisposableStack();
    const names = Array.from({length: PORTS}, (_, index) => `bs${index}`);
    await scene.ipBatch(names.map((name) => `link add ${name} type bridge`));
    stack.defer(() => scene.ipBatch(names.map((name) => `link del ${name}`)));
    await until(
      () => scene.stage.json('port', 'list'),
      (rows) => names.every((name) => rows.some((row) => row.name === name)),
    );
    await startOnce(scene); // Node keeps compiled code from the first start on
    const times = await repeat(STARTS, () => startOnce(scene));
    const peers = [...(await monitorStarts(scene)), await nodeStart()];
    return [
      reading('exec -> real rows, median', 'ms', median(times), {peers, bound: BOUND}),
      reading('exec -> real rows, slowest', 'ms', percentile(times, 1), {bound: BOUND}),
    ];
  },
};

async function startOnce(scene: Scene): Promise<number> {
  await using stack = new AsyncDisposableStack();
  const screen = scene.openConsole(stack);
  const shownMs = await screen.drawn.next('a port', (rows) =>
    rows.some((row) => /\bbs\d+\b/.test(row)),
  );
  return shownMs - screen.startedMs;
}

async function monitorStarts(scene: Scene): Promise<readonly Peer[]> {
  const peers: Peer[] = [];
  for (const monitor of await findMonitors(scene)) {
    const times = await repeat(PEER_STARTS, () => firstFrameMs(monitor));
    peers.push({name: monitor.name, value: median(times)});
  }
  return peers;
}

async function nodeStart(): Promise<Peer> {
  const times = await repeat(PEER_STARTS, async () => {
    const startMs = performance.now();
    await run(process.execPath, ['-e', '0']);
    return performance.now() - startMs;
  });
  return {name: 'node -e 0', value: median(times)};
}

async function repeat<T>(count: number, once: () => Promise<T>): Promise<readonly T[]> {
  const all: T[] = [];
  while (all.length < count) {
    all.push(await once());
  }
  return all;
}
