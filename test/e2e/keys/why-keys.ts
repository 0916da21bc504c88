import {type KeyRow, key, marked, typed} from '#test/support/key-rows.ts';

/** The line of a source: how old, what of the cell. */
const source = (name: string): RegExp => marked(`(?:now|\\d+ [smhd])? +${name} `);

/** Why a row is as it is: its cells, their sources, the events behind one of them. */
export const WHY_KEYS: readonly KeyRow[] = [
  typed('2', marked('COM 1')),
  key('all', 'w', source('label')),
  key('sources', 'down', source('name')),
  key('sources', 'up', source('label')),
  key('sources', 'j', source('name')),
  key('sources', 'k', source('label')),
  key('sources', 'page-down', {gone: source('label')}),
  key('sources', 'page-up', source('label')),
  key('sources', 'space', {gone: source('label')}),
  key('sources', 'home', source('label')),
  key('sources', 'end', source('driver')),
  key('sources', 'g', source('label')),
  key('sources', 'G', source('driver')),
  typed('g', source('label')),
  key('why', 'enter', marked('\\d+ [\\d:]{5} +COM 1 labelled "" → "COM 1"')),
  key('chain', 'enter', /^─Event \d+ as stored/),
  typed('q', /^─WHY COM 1 PORT: label─/),
  key('chain', 'U', {asks: 'UNDO EVENT'}),
  typed('\u001b', {gone: 'UNDO EVENT'}),
  typed('w', /^─WHY COM 1─/),
  key('sources', 'escape', {gone: '─WHY COM 1'}),
  typed('w', /^─WHY COM 1─/),
  key('sources', 'q', {gone: '─WHY COM 1'}),
  typed('w', /^─WHY COM 1─/),
  key('sources', 'w', {gone: '─WHY COM 1'}),
  typed('w\u001b[B\u001b[B\r', /^ source +\/proc: open files/),
  typed('\u001b', /^─WHY COM 1─/),
];
