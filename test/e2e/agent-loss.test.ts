import {afterEach, describe, expect, it} from 'vitest';

import {type ConsolePty, HEARD, openConsolePty, serveMadeUp} from '#test/support/console-pty.ts';
import {makeUpLeaf} from '#test/support/made-up-machine.ts';
import {announcedPid, type LeafHome} from '#test/support/stage.ts';
import {until} from '#test/support/until.ts';

const ROWS = [/^.\+ ttyA0 /, /^.\+ ttyA1 /, /^.\+ ttyA2 /, /^.\+ ttyB0 /];

let leaf: LeafHome;
let screen: ConsolePty;

afterEach(async () => {
  await screen?.end();
  await leaf?.stop();
});

/** Every key that changes the leaf is answered with the reason, and asks nothing first. */
async function refusesChanges(reason: RegExp): Promise<void> {
  for (const key of ['e', 'r', 'F', 'U']) {
    screen.press(key);
    await screen.shows(reason);
    // The answer goes with the next key, so that each key has to bring its own.
    screen.press('j');
    await screen.hides(reason);
  }
  screen.press(':port label ttyA0 x\r');
  await screen.shows(reason);
  screen.press('j');
}

describe('an agent that was killed', () => {
  it('leaves the last picture, its age, and a reason for whoever would change something', async () => {
    leaf = await serveMadeUp();
    const [access] = await leaf.json('connect');
    const {leaf: id, url, creds} = access ?? {};
    // Told where the server is, the console starts nothing by itself.
    const args = ['--nats', `${url}`, '--creds', `${creds}`, '--leaf', `${id}`];
    screen = await openConsolePty({leaf, args});
    screen.press('2e');
    await screen.shows('Label of ttyA0');
    screen.press('gate\r');
    await screen.shows(/^».*gate /);
    const pid = Number(await announcedPid(leaf.home));
    process.kill(pid, 'SIGKILL');
    const rows = await screen.shows(/STALE \d+s/);
    for (const row of [/gate /, ...ROWS.slice(1)]) {
      expect(rows.some((line) => row.test(line))).toBe(true);
    }
    await refusesChanges(/STALE: the leaf does not answer/);
    await screen.shows(/STALE [2-9]s/);
    await leaf.serve();
    await screen.shows(HEARD, 15_000);
    expect((await leaf.json('port', 'show', 'gate'))[0]).toMatchObject({label: 'gate'});
    screen.press('ge');
    await screen.shows('Label of gate');
    screen.press(' 2\r');
    await screen.shows(/^».*gate 2 /);
  });

  it('is started anew by the console of its user', async () => {
    leaf = await serveMadeUp();
    screen = await openConsolePty({leaf});
    screen.press('2');
    await screen.shows(/^».*ttyA0 /);
    const pid = Number(await announcedPid(leaf.home));
    process.kill(pid, 'SIGKILL');
    await screen.shows(/STALE \d+s/);
    await screen.shows(HEARD, 20_000);
    expect(await announcedPid(leaf.home)).not.toBe(pid);
    screen.press('e');
    await screen.shows('Label of ttyA0');
    screen.press('gate\r');
    await screen.shows(/^».*gate /);
  });
});

it('--readonly refuses every change with the reason', async () => {
  leaf = await serveMadeUp();
  screen = await openConsolePty({leaf, args: ['--readonly']});
  await screen.shows(/READONLY +(LIVE|LIMITED)/);
  const [before] = await leaf.json('status');
  screen.press('2');
  await screen.shows(/^».*ttyA0 /);
  await refusesChanges(/READONLY: this console changes nothing/);
  expect((await leaf.json('status'))[0]).toMatchObject({events: before?.events});
});

describe('the agent that a console has started', () => {
  const isAlive = async (): Promise<boolean> => (await announcedPid(leaf.home)) !== undefined;

  it('goes on when its last console is left so, and is not asked about again', async () => {
    leaf = await makeUpLeaf();
    expect(await isAlive()).toBe(false);
    screen = await openConsolePty({leaf});
    screen.press('2');
    await screen.shows(/^».*ttyA0 /);
    screen.press('q');
    await screen.asks('LEAVE THE LAST CONSOLE?');
    screen.press('\r');
    expect(await screen.exited).toMatchObject({code: 0});
    expect(await isAlive()).toBe(true);
    screen = await openConsolePty({leaf});
    screen.press('q');
    expect(await screen.exited).toMatchObject({code: 0});
    expect(await isAlive()).toBe(true);
  });

  it('ends with it when that is chosen', async () => {
    leaf = await makeUpLeaf();
    screen = await openConsolePty({leaf});
    screen.press('q');
    await screen.asks('LEAVE THE LAST CONSOLE?');
    screen.press('\t\r');
    expect(await screen.exited).toMatchObject({code: 0});
    await until(isAlive, (alive) => !alive);
  });

  it('goes on, unasked, when the line of its last console is dropped', async () => {
    leaf = await makeUpLeaf();
    screen = await openConsolePty({leaf});
    screen.hangUp();
    await screen.exited;
    expect(await leaf.json('port', 'list')).toHaveLength(5);
  });
});
