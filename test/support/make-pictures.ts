import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

import {openPty, type PtyScreen} from './pty-screen.ts';
import {screenPng, screenSvg} from './screen-picture.ts';
import {until} from './until.ts';

/**
 * Pictures of the running program for the README, made from what a terminal emulator reads:
 * `npm run pictures`. With a folder as argument, PNGs for looking at go there too.
 */
const ROOT = join(import.meta.dirname, '..', '..');
const FOLDER = join(ROOT, 'docs', 'pictures');

const SHOTS: readonly (readonly [string, string, string])[] = [
  ['overview', '', 'load 0.42'],
  ['ports', '2', 'ROLE'],
  ['why', 'gw', 'live: /proc'],
  ['events', 'q4', 'DETAIL'],
];

async function main(pngFolder: string | undefined): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'cim-pictures-'));
  const screen = openPty({
    command: join(ROOT, 'bin', 'cim-tui'),
    args: ['--demo'],
    env: {CIM_HOME: home, CI: undefined},
  });
  mkdirSync(FOLDER, {recursive: true});
  for (const [name, keys, word] of SHOTS) {
    if (keys !== '') {
      screen.press(keys);
    }
    await screen.waitFor((rows) => rows.some((row) => row.includes(word)));
    await untilStill(screen);
    writeFileSync(join(FOLDER, `${name}.svg`), screenSvg(screen.xterm.terminal));
    if (pngFolder !== undefined) {
      writeFileSync(join(pngFolder, `${name}.png`), screenPng(screen.xterm.terminal));
    }
  }
  screen.press('q');
  rmSync(home, {recursive: true, force: true});
}

/** A picture of a frame that is still being drawn is a picture of no frame. */
async function untilStill(screen: PtyScreen): Promise<void> {
  let before = '';
  await until(
    () => screen.rows().join('\n'),
    (now) => {
      const isStill = now === before;
      before = now;
      return isStill;
    },
  );
}

await main(process.argv[2]);
process.exit();
