import {type KeyRow, key, marked, typed} from '#test/support/key-rows.ts';

/** A line as it stands, with its caret. */
const label = (text: string): RegExp => new RegExp(`^ Label of COM 1: ${text}$`);

/** Label and role: typed, edited, done, left alone. */
export const PROMPT_KEYS: readonly KeyRow[] = [
  typed('2', marked('COM 1')),
  key('port', 'e', label('COM 1█')),
  key('prompt', 'left', label('COM █1')),
  key('prompt', 'right', label('COM 1█')),
  key('prompt', 'ctrl-b', label('COM █1')),
  key('prompt', 'ctrl-f', label('COM 1█')),
  key('prompt', 'home', label('█COM 1')),
  key('prompt', 'end', label('COM 1█')),
  key('prompt', 'ctrl-a', label('█COM 1')),
  key('prompt', 'delete', label('█OM 1')),
  key('prompt', 'ctrl-d', label('█M 1')),
  key('prompt', 'ctrl-e', label('M 1█')),
  key('prompt', 'backspace', label('M █')),
  key('prompt', 'text', label('M one two three█'), 'one two three'),
  key('prompt', 'ctrl-w', label('M one two █')),
  key('prompt', 'alt-backspace', label('M one █')),
  typed('\u001b[D\u001b[D', label('M on█e')),
  key('prompt', 'ctrl-k', label('M on█')),
  typed('\u001b[D', label('M o█n')),
  key('prompt', 'ctrl-u', label('█n')),
  key('prompt', 'escape', {gone: 'Label of COM 1'}),
  typed('e', label('COM 1█')),
  typed('\u0015gate', label('gate█')),
  key('prompt', 'enter', marked('gate ')),
  key('port', 'r', /^ Role of gate: █$/),
  typed('sc', /^ Role of gate: sc█$/),
  key('prompt', 'tab', /^ scale {2}scanner-gate1 {2}scanner-gate2/),
  typed('le', /^ Role of gate: scale█$/),
  typed('2\r', /^».* gate .* scale2 /),
  typed('4', marked('[\\d:]{8} 44 +role scale2 +bound +to gate')),
  typed('2', /^».* gate .* scale2 /),
  typed('r', /^ Role of gate: scale2█$/),
  typed('\u0015\r', {asks: 'UNBIND ROLE SCALE2?'}),
  typed('\t\r', /^».* gate {2,}serial.* - /),
];

/** The command line: completed, done, remembered. */
export const COMMAND_KEYS: readonly KeyRow[] = [
  key('all', ':', /^ :█$/),
  typed('por', /^ :por█$/),
  key('command', 'tab', /^ :port █$/),
  typed('la\t', /^ :port label █$/),
  typed('CO\t', /^ "COM 1" {2}"COM 2"$/),
  typed('1\t', /^ :port label "COM 1" █$/),
  typed('\u0015port label "COM 1" gate\r', /^ done: port label COM 1/),
  typed(':', /^ :█$/),
  typed('leaf show\r', '─: leaf show'),
  typed('q', {gone: '─: leaf show'}),
  typed(':', /^ :█$/),
  key('command', 'up', /^ :leaf show█$/),
  typed('\u001b[A', /^ :port label "COM 1" gate█$/),
  key('command', 'down', /^ :leaf show█$/),
  typed('\u001b[B', /^ :█$/),
  typed('\u001b', {gone: /^ :█$/}),
  typed(':prot list\r', /there is no command "prot"/),
  typed('2', marked('COM 2')),
];

/** The filter: holds while it is typed, stays, is completed, goes. */
export const FILTER_KEYS: readonly KeyRow[] = [
  typed('2', marked('COM 1')),
  key('all', '/', /^ \/█$/),
  typed('cl\t', /^ \/class:█$/),
  typed('serial', /^ 2 Ports {2}5 of 22 {2}filter class:serial/),
  typed(' !USB', /^ 2 Ports {2}2 of 22 {2}filter class:serial !USB/),
  typed('\r', /^ Enter detail /),
  typed('\u001b', /^ 2 Ports {2}22 of 22 {2}filter -/),
  typed('/nowhere', /^ 0 of 22 match; Esc clears/),
  typed('\u001b', /^ 2 Ports {2}22 of 22 {2}filter -/),
];
