/*
 * A program that labels ports through the bus, as any other could: `labeller.ts COUNT PER_SECOND
 * PORT…`, PER_SECOND 0 as fast as answers come. Runs where the leaf of CIM_HOME can be reached, and
 * says how many labels were stored.
 */
import {setTimeout as pause} from 'node:timers/promises';

import {silentLog} from '#test/support/silent-log.ts';
import {readSettings} from '../../src/wiring/config.ts';
import {findLeaf} from '../../src/wiring/find-leaf.ts';
import {reachLeaf} from '../../src/wiring/reach.ts';

/** Commands under way at a time where nobody says how many a second. */
const AT_ONCE = 64;
const TIMEOUT_MS = 20_000;
/** Within the columns of a label, and never the same twice in a row. */
const NUMBERS = 1000;

const [count = 0, perSecond = 0] = process.argv.slice(2, 4).map(Number);
const ports = process.argv.slice(4);
const ending = new AbortController();
process.once('SIGTERM', () => ending.abort());
process.once('SIGINT', () => ending.abort());

const settings = readSettings(
  {home: undefined, nats: undefined, creds: undefined, leaf: undefined, timeoutMs: TIMEOUT_MS},
  process.env,
);
const {client, close} = await reachLeaf(await findLeaf(settings), {
  channel: 'nats',
  timeoutMs: TIMEOUT_MS,
  log: silentLog,
  signal: ending.signal,
});

const startMs = performance.now();
let begun = 0;
let stored = 0;

async function labelOn(): Promise<void> {
  while (begun < count && !ending.signal.aborted) {
    const number = begun;
    begun += 1;
    if (perSecond > 0) {
      await pause(startMs + (number * 1000) / perSecond - performance.now());
    }
    const target = ports[number % ports.length] ?? '';
    const data = {label: `${target.slice(target.indexOf('-') + 1)} ${number % NUMBERS}`};
    const answer = await client.send({aggregate: 'port', verb: 'label', target, data});
    stored += answer.ok ? 1 : 0;
  }
}

await Promise.all(Array.from({length: perSecond > 0 ? 1 : AT_ONCE}, labelOn));
process.stdout.write(`${stored}\n`);
await close();
