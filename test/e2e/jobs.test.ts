import {afterAll, beforeAll, expect, it} from 'vitest';

import {startGround} from '#test/bench/store-ground.ts';
import {asConsole, type ConsolePty, HEARD, openConsolePty} from '#test/support/console-pty.ts';
import {longHistory} from '#test/support/long-history.ts';
import {openPty} from '#test/support/pty-screen.ts';
import {CIM_TUI, createLeafHome, type LeafHome, type ServingAgent} from '#test/support/stage.ts';
import {until} from '#test/support/until.ts';

/** So many that a walk over all of them can be seen, and cut off. */
const EVENTS = 50_000;
const FILL_MS = 110_000;

let leaf: LeafHome;
let agent: ServingAgent;

beforeAll(async () => {
  leaf = await createLeafHome();
  const signal = AbortSignal.timeout(FILL_MS);
  const ground = await startGround(leaf.home, signal);
  try {
    const {store} = await ground.openStore();
    let {sequence: expectedSequence} = await store.open(signal);
    for (const batch of longHistory(ground.leafId, EVENTS)) {
      await store.append(batch, {expectedSequence, epoch: 1, signal});
      expectedSequence += batch.length;
    }
  } finally {
    await ground.stop();
  }
  agent = await leaf.serve();
}, FILL_MS);
afterAll(() => leaf?.stop());

const jobs = () => leaf.json('job', 'list');
const newest = async () => (await jobs()).at(-1);
const hasEnded = () => until(newest, (job) => job?.state === 'ended', 60_000);

/** A command of the shell in a terminal. */
const typed = (...args: readonly string[]): ConsolePty =>
  asConsole(openPty({command: CIM_TUI, args, env: {CIM_HOME: leaf.home, CI: undefined}}));

it('event verify tells how far it is on one line; Ctrl-C leaves it alone, and job follow sees its end', async () => {
  const verify = typed('event', 'verify');
  await verify.shows(/^accepted: event verify, job [0-9a-f-]{36} \(event 5\d{4}\)/);
  await verify.shows(/^\d+ %, .*[\d,]+ of 5\d,\d{3} events/, 10_000);
  verify.press('\u0003');
  const rows = await verify.shows(/it goes on: `cim-tui job follow [0-9a-f-]{36}`/);
  expect((await verify.exited).code).toBe(130);
  expect(rows.some((row) => /^\d+ %/.test(row))).toBe(false);
  const {id} = (await newest()) ?? {};
  const follow = await leaf.cli('job', 'follow', String(id).slice(0, 23));
  expect([follow.code, follow.stderr]).toEqual([0, '']);
  expect(follow.stdout).toMatch(/^event verify: done, 5\d,\d{3} events, nothing wrong \(job /);
});

it('a job whose agent was killed in the middle begins anew with the next, and ends', async () => {
  const {stdout} = await leaf.cli('event', 'verify', '--no-wait', '--json');
  agent.child.kill('SIGKILL');
  await agent.ended;
  const {id, sequence} = JSON.parse(stdout);
  agent = await leaf.serve({after: agent});
  expect(await hasEnded()).toMatchObject({id, outcome: 'done', result: {wrong: null}});
  const events = await leaf.json('event', 'list', '--from', String(sequence));
  const types = events.flatMap(({type, subject}) => (subject === id ? [type] : []));
  expect(types).toEqual(['cim.job.accepted.v1', 'cim.job.resumed.v1', 'cim.job.ended.v1']);
});

it('the console begins one, shows how far it is, and cancels it', async () => {
  const screen = await openConsolePty({leaf});
  try {
    screen.press('b');
    await screen.shows(/^─JOBS \(0 open, \d ended\)/);
    screen.press('V');
    await screen.shows(/^»event verify +running +\d+ %, .*[\d,]+ of 5\d,\d{3}/, 10_000);
    screen.press('b');
    await screen.shows(/^ jobs +event verify: \d+ %/);
    screen.press('b');
    await screen.shows(/^─JOBS \(1 open/);
    screen.press('C');
    await screen.asks('CANCEL EVENT VERIFY?');
    screen.press('\t\r');
    await screen.shows(/^»event verify +cancelled /);
    await screen.shows(HEARD);
  } finally {
    await screen.end();
  }
  expect(await newest()).toMatchObject({outcome: 'cancelled'});
});
