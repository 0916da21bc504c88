import {afterEach, beforeEach, expect, it} from 'vitest';

import {type ConsolePty, openConsolePty} from '#test/support/console-pty.ts';

const DOWN = '\u001b[B';
const ESC = '\u001b';
/** Down to an empty socket without a role, from the first row. */
const TO_USB_4 = 'j'.repeat(9);
const paste = (text: string): string => `\u001b[200~${text}\u001b[201~`;

let screen: ConsolePty;

beforeEach(async () => {
  screen = await openConsolePty();
  screen.press('2');
  await screen.shows(/^»\+ COM 1 /);
});
afterEach(() => screen?.end());

it('takes letters of one read as keys of their own', async () => {
  screen.press('jj');
  await screen.shows(/^». ETH 1 /);
  screen.press(`k${DOWN}${DOWN}j`);
  await screen.shows(/^». ETH 3 /);
  screen.press('gje');
  await screen.shows(/^ Label of COM 2: COM 2█$/);
  screen.press(' Tür 秤!');
  await screen.shows(/^ Label of COM 2: COM 2 Tür 秤!█$/);
});

it('moves in the menu by each letter of one read, and runs what is marked then', async () => {
  screen.press('ajj');
  await screen.shows(/^»e +edit the label/);
  screen.press(`qa${DOWN}j\r!\r`);
  await screen.shows(/^»\+ COM 1! /);
});

it('writes a paste into the open line, line ends and all, and waits for Enter', async () => {
  screen.press('je');
  await screen.shows('Label of COM 2');
  screen.press(paste('gate\r\n7\tq'));
  await screen.shows(/^ Label of COM 2: COM 2gate.*7.*q█$/);
  screen.press('\u0015');
  await screen.shows(/^ Label of COM 2: █$/);
  // Half of a paste in one read, the rest in the next.
  screen.press('\u001b[200~gate');
  screen.press(' 7\u001b[201~');
  await screen.shows(/^ Label of COM 2: gate 7█$/);
  screen.press('\r');
  await screen.shows(/^». gate 7 /);
});

it('does nothing for a paste where no line is open', async () => {
  screen.press(paste('jjq:quit\r4'));
  screen.press('j');
  await screen.shows(/^». COM 2 /);
});

it('confirms no dialog by a paste, and none by keys that came too early', async () => {
  screen.press(TO_USB_4);
  await screen.shows(/^»- USB 4 /);
  screen.press('F\t\r');
  await screen.asks('FORGET USB 4?');
  expect(screen.rows().join('\n')).toContain('»[ No, leave it ]');
  screen.press(paste('\t\ry\r\n'));
  screen.press('\t');
  await screen.shows(/ \[ No, leave it \] +»\[ Forget USB 4 \]/);
  screen.press(paste('\r\n\r\n'));
  screen.press('\t');
  await screen.shows(/»\[ No, leave it \] +\[ Forget USB 4 \]/);
  screen.press(ESC);
  await screen.hides('FORGET');
  expect(screen.rows().join('\n')).toMatch(/^»- USB 4 /m);
  // The same by keys, in time.
  screen.press('F');
  await screen.asks('FORGET USB 4?');
  screen.press('\t\r');
  await screen.hides(/^.- USB 4 /);
});
