import {type KeyRow, key, marked, typed} from '#test/support/key-rows.ts';

const BACK = /^ Enter (open|detail) /;
const NO = '»[ No, leave it ]';
const YES = '»[ Forget USB 4 ]';

/** The help: opened, scrolled, searched, closed. */
export const HELP_KEYS: readonly KeyRow[] = [
  key('all', 'h', /^─HELP {2}filter: █/),
  key('help', 'down', {gone: /^ Ctrl-L +clear/}),
  key('help', 'up', /^ Ctrl-L +clear/),
  key('help', 'page-down', {gone: /^ Ctrl-L +clear/}),
  key('help', 'page-up', /^ Ctrl-L +clear/),
  key('help', 'text', /^─HELP {2}filter: sortx█/, 'sortx'),
  key('help', 'backspace', /^─HELP {2}filter: sort█/),
  key('help', 'ctrl-u', /^─HELP {2}filter: █/),
  key('help', 'escape', BACK),
  key('all', '?', /^─HELP {2}filter: █/),
  key('help', 'f1', BACK),
];

/** Lines of text over the whole screen. */
export const VIEWER_KEYS: readonly KeyRow[] = [
  typed(':event list\r', /^─: event list {2}1-\d+ of 4\d/),
  key('viewer', 'down', /^─: event list {2}2-/),
  key('viewer', 'up', /^─: event list {2}1-/),
  key('viewer', 'j', /^─: event list {2}2-/),
  key('viewer', 'k', /^─: event list {2}1-/),
  key('viewer', 'page-down', /^─: event list {2}2\d-/),
  key('viewer', 'page-up', /^─: event list {2}1-/),
  key('viewer', 'space', /^─: event list {2}2\d-/),
  key('viewer', 'home', /^─: event list {2}1-/),
  key('viewer', 'end', /^─: event list {2}2\d-4(\d) of 4\1/),
  key('viewer', 'g', /^─: event list {2}1-/),
  key('viewer', 'G', /^─: event list {2}2\d-4(\d) of 4\1/),
  key('viewer', 'right', {gone: /^ \d{4}-\d\d-\d\dT/}),
  key('viewer', 'left', /^ \d{4}-\d\d-\d\dT/),
  key('viewer', 'escape', BACK),
  typed(':event list\r', '─: event list'),
  key('viewer', 'q', BACK),
  typed(':event list\r', '─: event list'),
  key('viewer', 'enter', BACK),
];

/** The actions of a row. */
export const MENU_KEYS: readonly KeyRow[] = [
  typed('2', marked('COM 1')),
  key('all', 'a', '─ACTIONS on COM 1'),
  key('menu', 'down', /^»C +confirm/),
  key('menu', 'up', /^»Enter +open it/),
  key('menu', 'j', /^»C +confirm/),
  key('menu', 'k', /^»Enter +open it/),
  typed('j', /^»C +confirm/),
  typed('j', /^»e +edit the label/),
  key('menu', 'enter', /^ Label of COM 1: COM 1█/),
  typed('\u001b', BACK),
  typed('a', '─ACTIONS on COM 1'),
  key('menu', 'escape', {gone: '─ACTIONS'}),
  typed('a', '─ACTIONS on COM 1'),
  key('menu', 'a', {gone: '─ACTIONS'}),
  typed('a', '─ACTIONS on COM 1'),
  key('menu', 'q', {gone: '─ACTIONS'}),
  // Its keys do the same as without it.
  typed('a', '─ACTIONS on COM 1'),
  typed('e', /^ Label of COM 1: COM 1█/),
];

/** A question: two buttons, and two ways out of it. */
export const DIALOG_KEYS: readonly KeyRow[] = [
  typed(`2${'j'.repeat(9)}`, marked('USB 4')),
  key('port', 'F', {asks: 'FORGET USB 4?'}),
  key('dialog', 'tab', YES),
  key('dialog', 'shift-tab', NO),
  key('dialog', 'right', YES),
  key('dialog', 'left', NO),
  key('dialog', 'escape', {gone: 'FORGET'}),
  typed('F', {asks: 'FORGET USB 4?'}),
  key('dialog', 'q', {gone: 'FORGET'}),
  typed('F', {asks: 'FORGET USB 4?'}),
  typed('\r', {gone: 'FORGET'}),
  typed('F', {asks: 'FORGET USB 4?'}),
  typed('\t', YES),
  key('dialog', 'enter', / 2 Ports {2}21 of 21/),
  typed('4', marked('[\\d:]{8} 43 +USB 4 +forgotten')),
  key('all', 'U', {asks: 'UNDO EVENT 43?'}),
  typed('\t\r', marked('[\\d:]{8} 44 +USB 4 ')),
  typed('2', / 2 Ports {2}22 of 22/),
];
