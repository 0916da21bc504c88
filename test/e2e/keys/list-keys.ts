import {type KeyRow, key, marked, typed} from '#test/support/key-rows.ts';

const ATTENTION = marked('!! role scanner-gate2');
const OLDEST = marked('[\\d:]{8} ETH 1 +found');

/** The Overview as a list: rows, parts, and the way to the other screens. */
export const OVERVIEW_KEYS: readonly KeyRow[] = [
  key('list', 'down', marked('! +USB 1 and USB 2')),
  key('list', 'up', ATTENTION),
  key('list', 'j', marked('! +USB 1 and USB 2')),
  key('list', 'k', ATTENTION),
  key('list', 'end', OLDEST),
  key('list', 'home', ATTENTION),
  key('list', 'G', OLDEST),
  key('list', 'g', ATTENTION),
  key('list', 'page-down', marked('[\\d:]{8} ')),
  key('list', 'page-up', ATTENTION),
  key('list', 'tab', marked('ports +22 in all')),
  typed('\t', marked('[\\d:]{8} (leaf|USB 3) +(labelled|plugged)')),
  typed('\u001b[Z', marked('ports +22 in all')),
  key('list', 'shift-tab', ATTENTION),
  key('list', 'enter', /^ 2 Ports » USB \d /),
  key('all', '1', ATTENTION),
  key('all', '2', / 2 Ports {2}22 of 22/),
  key('all', 'f1', ATTENTION),
  key('all', 'f2', / 2 Ports {2}22 of 22/),
  key('all', '3', / 3 Containers {2}\d of \d/),
  key('all', '4', ' 4 Events  plugs+wishes'),
  key('all', '5', ' 5 Udev  '),
  key('all', 'f3', / 3 Containers {2}\d of \d/),
  key('all', 'f4', ' 4 Events  plugs+wishes'),
  key('all', 'f5', ' 5 Udev  '),
];

/** Ports: columns, order, what is shown, and the detail. */
export const PORT_KEYS: readonly KeyRow[] = [
  typed('2', marked('COM 1')),
  key('list', 'right', {bold: '^# CLASS'}),
  key('list', 'left', {bold: 'PORT    '}),
  typed('\u001b[C\u001b[C', {bold: 'CLASS '}),
  key('all', 'o', 'sort CLASS ↑'),
  typed('o', 'sort CLASS ↓'),
  typed('o', {gone: 'sort CLASS'}),
  key('all', 'v', '(v: hide built-in)'),
  typed('v', {gone: '(v: hide built-in)'}),
  key('port', 't', / tree *$/),
  typed('t', {gone: / tree *$/}),
  key('all', 'z', /^».* \d\d:\d\d *$/),
  typed('z', /^».* (now|\d+ s) *$/),
  typed('g\u001b[D\u001b[D', {bold: 'PORT    '}),
  key('all', 'c', 'copied "COM 1" to the clipboard of this terminal'),
  typed('c', {written: `\u001b]52;c;${btoa('COM 1')}\u0007`}),
  key('all', 'space', '1 marked'),
  key('all', 'escape', {gone: '1 marked'}),
  key('port', 'i', 'COM 2 has no lamp: pull its plug out and put it back'),
  key('port', 'enter', ' 2 Ports » COM 2'),
  key('detail', 'tab', '[Properties]'),
  typed('\t', '[History]'),
  key('detail', 'shift-tab', '[Properties]'),
  key('detail', 'enter', '─ACTIONS on COM 2'),
  typed('\u001b', {gone: '─ACTIONS on COM 2'}),
  key('detail', 'escape', / 2 Ports {2}22 of 22/),
  typed('\r', ' 2 Ports » COM 2'),
  key('all', 'q', / 2 Ports {2}22 of 22/),
  key('always', 'ctrl-l', {written: '\u001b[2J'}),
  key('always', 'ctrl-c', 'Ctrl-C once more quits'),
  // It comes five seconds after the start.
  typed('', 'PLUGGED INTO USB 3'),
  key('all', 'n', ' 2 Ports » USB 3'),
];

/** Containers: columns, order, the filter, the detail, JSON. */
export const CONTAINER_KEYS: readonly KeyRow[] = [
  key('all', '3', marked('(cam|mqtt)')),
  key('list', 'G', marked('web ')),
  key('all', 'o', / 3 Containers.* sort UNIT ↑/, '\u001b[C\u001b[Co'),
  key('list', 'enter', ' 3 Containers » web'),
  key('all', 'escape', / 3 Containers {2}\d of \d/),
  key('all', 'y', '─web as container list --json gives it'),
  typed('q', marked('web ')),
  key('all', '/', marked('plc-sim'), '/class:vm\r'),
];

/** Events and Udev: kinds, pause, what a line is. */
export const EVENT_KEYS: readonly KeyRow[] = [
  typed('4', ' 4 Events  plugs+wishes'),
  key('events', 'f', ' 4 Events  all (f)'),
  typed('f', ' 4 Events  plugs (f)'),
  typed('f', ' 4 Events  wishes (f)'),
  typed('f', ' 4 Events  leaf (f)'),
  typed('ff', ' 4 Events  all (f)'),
  key('live', 'p', 'PAUSED'),
  typed('p', {gone: 'PAUSED'}),
  typed('5', ' 5 Udev  '),
  typed('p', 'PAUSED, 0 more came'),
  key('udev', 'R', 'this machine is made up: there is nothing to record'),
  typed('4', ' 4 Events  all (f)'),
  typed('\r', '─Event 42 as stored'),
  typed('q', marked('[\\d:]{8} 42 ')),
  key('all', 'y', '─Event 42 as stored'),
  typed('q', marked('[\\d:]{8} 42 ')),
  typed('z', /^»(now|\d+ s) +42 /),
];
