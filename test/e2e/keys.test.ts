import {afterAll, beforeAll, describe, expect, it} from 'vitest';

import {type ConsolePty, openConsolePty} from '#test/support/console-pty.ts';
import {type KeyRow, pressRow} from '#test/support/key-rows.ts';
import {KEYMAP} from '#views/keymap.ts';

import {CHANGE_KEYS} from './keys/change-keys.ts';
import {JOB_KEYS} from './keys/job-keys.ts';
import {CONTAINER_KEYS, EVENT_KEYS, OVERVIEW_KEYS, PORT_KEYS} from './keys/list-keys.ts';
import {DIALOG_KEYS, HELP_KEYS, MENU_KEYS, VIEWER_KEYS} from './keys/overlay-keys.ts';
import {PAST_KEYS} from './keys/past-keys.ts';
import {COMMAND_KEYS, FILTER_KEYS, PROMPT_KEYS} from './keys/prompt-keys.ts';
import {WHY_KEYS} from './keys/why-keys.ts';

const STORIES: Readonly<Record<string, readonly KeyRow[]>> = {
  Overview: OVERVIEW_KEYS,
  Ports: PORT_KEYS,
  Containers: CONTAINER_KEYS,
  Events: EVENT_KEYS,
  help: HELP_KEYS,
  'lines of text': VIEWER_KEYS,
  jobs: JOB_KEYS,
  why: WHY_KEYS,
  'the past': PAST_KEYS,
  actions: MENU_KEYS,
  dialogs: DIALOG_KEYS,
  changes: CHANGE_KEYS,
  prompts: PROMPT_KEYS,
  'command line': COMMAND_KEYS,
  filter: FILTER_KEYS,
};

/** Keys that need a shell or an end: leaving.test.ts. */
const ELSEWHERE = ['always ctrl-z'];

/** Each key of the map with what is typed after it, until the next one. */
function stepsOf(rows: readonly KeyRow[]): readonly (readonly [string, readonly KeyRow[]])[] {
  const starts = rows.flatMap(({covers}, index) => (covers === null ? [] : [index]));
  return starts.map((start, at) => {
    const from = at === 0 ? 0 : start;
    return [rows[start]?.covers ?? '', rows.slice(from, starts[at + 1])];
  });
}

describe.each(Object.entries(STORIES))('keys of %s', (_, rows) => {
  let screen: ConsolePty;
  let isBroken = false;
  beforeAll(async () => {
    screen = await openConsolePty();
  });
  afterAll(() => screen?.end());

  for (const [name, step] of stepsOf(rows)) {
    it(name, async ({skip}) => {
      if (isBroken) {
        skip('a key before this one did not do its work');
      }
      isBroken = true;
      for (const row of step) {
        await pressRow(screen, row);
      }
      isBroken = false;
    });
  }
});

it('every key of the key map has its row', () => {
  const covered = new Set(Object.values(STORIES).flatMap((rows) => rows.map(({covers}) => covers)));
  const all = KEYMAP.flatMap(({scope, keys}) => keys.map((name) => `${scope} ${name}`));
  expect(all.filter((name) => !covered.has(name) && !ELSEWHERE.includes(name))).toEqual([]);
  expect([...covered].filter((name) => name !== null && !all.includes(name))).toEqual([]);
});
