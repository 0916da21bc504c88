import {afterAll, beforeAll, expect, it} from 'vitest';

import {type ConsolePty, openConsolePty} from '#test/support/console-pty.ts';

let screen: ConsolePty;

beforeAll(async () => {
  screen = await openConsolePty();
});
afterAll(() => screen?.end());

/** How often the screen and what was scrolled off it have been wiped. */
const wipes = (): readonly [number, number] => {
  const parts = screen.output().split('\u001b[');
  const count = (code: string): number => parts.filter((part) => part.startsWith(code)).length;
  return [count('2J'), count('3J')];
};

/** Keys, and what is on screen once they are done. */
const WALK: readonly (readonly [string, string | RegExp])[] = [
  ['2', / 2 Ports {2}\d+ of/],
  ['G', /^».*/],
  ['/', /^ \/█/],
  ['usb', / 2 Ports {2}1\d of/],
  ['\r', 'filter usb'],
  ['\u001b', 'filter -'],
  ['a', 'ACTIONS on'],
  ['\u001b', 'Enter detail'],
  ['g\r', ' » COM 1'],
  ['\t', /^ kind {2,}fixed/],
  ['q', / 2 Ports {2}\d+ of/],
  ['e', 'Label of COM 1'],
  ['\u001b', 'Enter detail'],
  ['h', 'HELP'],
  ['\u001b', 'Enter detail'],
  ['y', 'as port list --json gives it'],
  ['q', 'Enter detail'],
  [':port list\r', /: port list +1-2\d of/],
  ['q', 'Enter detail'],
  ['5', / 5 Udev/],
  ['4', / 4 Events/],
  ['f', 'all (f)'],
  ['1', /^─NOW/],
];

it('wipes the screen before the first frame, on Ctrl-L and after a resize, and else never', async () => {
  expect(wipes()).toEqual([1, 0]);
  for (const [keys, text] of WALK) {
    screen.press(keys);
    await screen.shows(text);
  }
  screen.press('U');
  await screen.asks('UNDO EVENT 42');
  screen.press('\u001b');
  await screen.shows('PLUGGED INTO USB 3', 10_000);
  screen.press('n');
  await screen.shows(' » USB 3');
  expect(wipes()).toEqual([1, 0]);
  screen.press('\u000c');
  await screen.waitFor(() => wipes()[0] === 2, {what: 'the wipe of Ctrl-L'});
  await screen.shows(' » USB 3');
  screen.resize(100, 30);
  await screen.waitFor((rows) => rows[0]?.length === 99, {what: 'a header of 100 columns'});
  const [after] = wipes();
  expect(after).toBeGreaterThan(2);
  screen.press('q12');
  await screen.shows(/ 2 Ports {2}\d+ of/);
  expect(wipes()).toEqual([after, 0]);
});
