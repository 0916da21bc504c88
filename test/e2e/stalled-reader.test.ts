import {setTimeout as pause} from 'node:timers/promises';
import {afterAll, beforeAll, expect, it} from 'vitest';

import {type ConsolePty, openConsolePty, serveMadeUp} from '#test/support/console-pty.ts';
import {type NatsTap, tapNats} from '#test/support/nats-tap.ts';
import {connectPlainly, type PlainProgram} from '#test/support/plain-request.ts';
import {differences, PORT_TITLES, type PortJson} from '#test/support/port-cells.ts';
import {readTable} from '#test/support/screen-table.ts';
import type {LeafHome} from '#test/support/stage.ts';
import {until} from '#test/support/until.ts';

const STALL_MS = 4000;
const STEP_MS = 50;

let leaf: LeafHome;
let program: PlainProgram;
let tap: NatsTap;
let screen: ConsolePty;

beforeAll(async () => {
  leaf = await serveMadeUp();
  program = await connectPlainly(leaf);
  const [{leaf: id, url, creds} = {}] = await leaf.json('connect');
  tap = await tapNats(String(url));
  screen = await openConsolePty({
    leaf,
    columns: 160,
    rows: 50,
    args: ['--nats', tap.url, '--creds', String(creds), '--leaf', String(id)],
  });
  screen.press('2');
  await screen.shows(/^».*ttyA0 /);
});

afterAll(async () => {
  await screen?.end();
  tap?.close();
  await program?.close();
  await leaf?.stop();
});

/** Labels one port after the other until told to stop. Every wish has to be done. */
function churn() {
  let isOn = true;
  let done = 0;
  const run = async (): Promise<void> => {
    for (let round = 0; isOn; round += 1) {
      const target = `serial-pnp0501-${2 + (round % 4)}`;
      const {body} = await program.wish('port', 'label', {target, data: {label: `L ${round}`}});
      expect(body).toMatchObject({ok: true});
      done += 1;
      await pause(STEP_MS);
    }
  };
  const running = run();
  return {
    done: () => done,
    async stop() {
      isOn = false;
      await running;
    },
  };
}

/** Pings until told to stop, and gives how long each took. */
function pinging() {
  const times: number[] = [];
  let isOn = true;
  const run = async (): Promise<void> => {
    while (isOn) {
      times.push(await tap.ping());
      await pause(STEP_MS);
    }
  };
  const running = run();
  return {
    async stop(): Promise<readonly number[]> {
      isOn = false;
      await running;
      return times;
    },
  };
}

const labelOfFirst = async (): Promise<unknown> =>
  (await leaf.json('port', 'show', 'serial-pnp0501-1'))[0]?.label;

it('goes on behind a reader that stands still, and catches up when it reads again', async () => {
  screen.pause();
  const end = performance.now() + STALL_MS;
  const wishes = churn();
  const pings = pinging();
  // Events follow: every event is a whole new screen, far more than a terminal takes unread.
  screen.press('4');
  await until(wishes.done, (done) => done > 20);
  screen.press('2/pnp0501-1 \reasked unseen\r');
  await until(labelOfFirst, (label) => label === 'asked unseen', STALL_MS);
  screen.press('/\u0015\r4');
  await until(
    () => performance.now(),
    (now) => now > end,
    STALL_MS,
  );
  screen.press('2');
  await wishes.stop();
  const times = await pings.stop();
  expect(times.length).toBeGreaterThan(20);
  expect(Math.max(...times)).toBeLessThan(500);
  expect(tap.connections()).toBe(1);
  const wanted = (await leaf.json('port', 'list')) as unknown as readonly PortJson[];
  const before = screen.bytes();
  screen.resume();
  const resumed = performance.now();
  const shown = {ellipsis: '…', text: (text: string) => text};
  await screen.shows(/PORT .*CLASS .*SINCE/, 1000);
  await screen.waitFor(
    (rows) => differences(readTable(rows, PORT_TITLES), wanted, shown).length === 0,
    {timeoutMs: 1000 - (performance.now() - resumed), what: 'the rows of port list'},
  );
  // What nobody read was not drawn: a few screens wait, not the twenty of these four seconds.
  expect(screen.bytes() - before).toBeLessThan(64_000);
});
