import {afterAll, beforeAll, expect, it} from 'vitest';

import {type ConsolePty, openConsolePty, serveMadeUp} from '#test/support/console-pty.ts';
import type {MadeUpLeaf} from '#test/support/made-up-machine.ts';

let leaf: MadeUpLeaf;
let screen: ConsolePty;

beforeAll(async () => {
  leaf = await serveMadeUp();
  screen = await openConsolePty({leaf});
  screen.press('2');
  await screen.shows(/^»\+ ttyA0 /);
});

afterAll(async () => {
  await screen?.end();
  await leaf?.stop();
});

it('shows what is plugged in, with a banner that takes no key but n', async () => {
  await leaf.plug('ttyC0');
  const rows = await screen.shows(/^.\+ ttyC0 +serial +both 16550A/);
  expect(rows.join('\n')).not.toContain('» ttyC0');
  await screen.shows('PLUGGED INTO ttyC0');
  screen.press('j');
  await screen.shows(/^»\+ ttyA1 /);
  screen.press('n');
  await screen.shows(/ 2 Ports » ttyC0/);
  await screen.hides('PLUGGED INTO');
  screen.press('q');
  await screen.shows(/^»\+ ttyC0 /);
});

it('tells of it as raw records and as an event', async () => {
  screen.press('5');
  await screen.shows(/kernel +add +tty +.*ttyC0/);
  screen.press('4');
  await screen.shows(/^».* ttyC0 +plugged +16550A/);
});

it('shows that it is gone', async () => {
  await leaf.unplug('ttyC0');
  await screen.shows(/^».* ttyC0 +unplugged/);
  screen.press('2');
  await screen.shows(/^»- ttyC0 .*\(empty\)/);
  expect((await leaf.json('port', 'show', 'ttyC0'))[0]).toMatchObject({state: 'absent'});
});
