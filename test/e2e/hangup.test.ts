import {afterAll, beforeAll, expect, it} from 'vitest';

import {type ConsolePty, holds, openConsolePty, serveMadeUp} from '#test/support/console-pty.ts';
import {announcedPid, type LeafHome} from '#test/support/stage.ts';

let leaf: LeafHome;
let first: ConsolePty;
let second: ConsolePty;

beforeAll(async () => {
  leaf = await serveMadeUp();
  [first, second] = await Promise.all([openConsolePty({leaf}), openConsolePty({leaf})]);
  for (const screen of [first, second]) {
    screen.press('2');
    await screen.shows(/^».*ttyA0 /);
  }
});

afterAll(async () => {
  await first?.end();
  await second?.end();
  await leaf?.stop();
});

it('a wish of a console that is hung up is done, and another console notices nothing', async () => {
  const agent = Number(await announcedPid(leaf.home));
  const seen: string[] = [];
  second.onOutput((text) => seen.push(text));
  process.kill(agent, 'SIGSTOP');
  try {
    first.press('e');
    await first.shows('Label of ttyA0');
    first.press('gate\r');
    // Asked, and not answered.
    await first.shows(/^»\* ttyA0 /);
    process.kill(first.pid, 'SIGHUP');
    expect(await first.exited).toMatchObject({code: 129});
    expect(holds(second.rows(), 'gate')).toBe(false);
  } finally {
    process.kill(agent, 'SIGCONT');
  }
  await second.shows(/^».*gate /);
  const [event] = (await leaf.json('event', 'list')).slice(-1);
  expect(event).toMatchObject({channel: 'console', data: {label: 'gate'}});
  expect(seen.join('')).not.toMatch(/STALE|CONNECTING/);
  second.press('e');
  await second.shows('Label of gate');
  second.press(' 2\r');
  await second.shows(/^».*gate 2 /);
});
