import {type KeyRow, key, marked, typed} from '#test/support/key-rows.ts';

const NO = '»[ No, leave it ]';
const YES = '»[ Disable, for 120 s ]';

/** What is done to the hardware of a port: the uplink's only on trial, and by its name. */
export const CHANGE_KEYS: readonly KeyRow[] = [
  typed('2jj', marked('ETH 1')),
  key('port', 'L', {asks: 'DOWN ETH 1?'}),
  typed('\u001b', {gone: 'DOWN ETH 1'}),
  key('port', 'x', {asks: 'RELEASE ETH 1?'}),
  typed('\u001b', {gone: 'RELEASE ETH 1'}),
  key('port', 's', 'port set "ETH 1" --yes --mtu █'),
  typed('\u001b', {gone: 'port set'}),
  key('port', 'D', {asks: 'DISABLE ETH 1?'}),
  key('grave', 'text', 'to go on: ETH 2█', 'ETH 2'),
  key('grave', 'tab', YES),
  key('grave', 'shift-tab', NO),
  key('grave', 'right', YES),
  typed('\r', 'type ETH 1 first'),
  key('grave', 'left', NO),
  key('grave', 'backspace', 'to go on: ETH █'),
  key('grave', 'ctrl-u', 'to go on: █'),
  key('grave', 'escape', {gone: 'DISABLE ETH 1'}),
  typed('D', {asks: 'DISABLE ETH 1?'}),
  typed('ETH 1\t', YES),
  key('grave', 'enter', /^»x ETH 1 .* disabled /),
  typed('\r', /on trial +disabled: comes back in 1\d\d s; C confirms it/),
  key('port', 'C', {gone: 'on trial'}),
  typed('\u001b', /^»x ETH 1 .* disabled /),
  key('port', 'E', {asks: 'ENABLE ETH 1?'}),
  typed('\t\r', /^». ETH 1 .* host route /),
];
