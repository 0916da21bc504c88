/* npm run bench: times and sizes beside those of peers in the same run, as one table. */
import {isRoot} from '#test/support/stage.ts';
import {append} from './append.ts';
import {carriers} from './carriers.ts';
import {enumeration} from './enumeration.ts';
import {frames} from './frames.ts';
import {idle} from './idle.ts';
import {keys} from './keys.ts';
import {machineLine} from './machine.ts';
import {manyPorts} from './many-ports.ts';
import type {Measurement} from './measurement.ts';
import {memory} from './memory.ts';
import {million} from './million.ts';
import {judgeTwice} from './reading.ts';
import {createScene, type Scene} from './scene.ts';
import {slowDisk} from './slow-disk.ts';
import {start} from './start.ts';
import {type Entry, printTable} from './table.ts';
import {uevents} from './uevents.ts';

const MEASUREMENTS: readonly Measurement[] = [
  enumeration,
  uevents,
  carriers,
  start,
  keys,
  frames,
  idle,
  memory,
  manyPorts,
  slowDisk,
  append,
  million,
];

const ending = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => ending.abort(new Error(name)));
}
const wanted = process.argv.slice(2);
const chosen = MEASUREMENTS.filter(({name}) => wanted.length === 0 || wanted.includes(name));
process.exitCode = await bench();

async function bench(): Promise<number> {
  const entries = isRoot
    ? await measureAll()
    : chosen.map(({name}): Entry => {
        return {name, verdict: 'SKIP', reason: 'needs root: a network namespace of its own'};
      });
  process.stdout.write(`${printTable(entries)}\n`);
  return entries.some(({verdict}) => verdict === 'FAIL') ? 1 : 0;
}

async function measureAll(): Promise<readonly Entry[]> {
  await using stack = new AsyncDisposableStack();
  const scene = await createScene(stack, ending.signal);
  process.stdout.write(`${await machineLine(scene.serverPid)}\n`);
  const entries: Entry[] = [];
  for (const measurement of chosen) {
    entries.push(...(await measure(measurement, scene)));
  }
  return entries;
}

async function measure({name, read}: Measurement, scene: Scene): Promise<readonly Entry[]> {
  try {
    return await judgeTwice(() => {
      process.stderr.write(`measuring: ${name}\n`);
      return read(scene);
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [{name, verdict: 'FAIL', reason}];
  }
}
