import {nextKinds, pause, undo} from './actions/event.ts';
import * as jobs from './actions/jobs.ts';
import * as list from './actions/list.ts';
import {menuDown, menuRun, menuUp} from './actions/menu.ts';
import * as go from './actions/navigation.ts';
import * as overlay from './actions/overlay-keys.ts';
import * as past from './actions/past.ts';
import * as port from './actions/port.ts';
import * as change from './actions/port-change.ts';
import * as prompt from './actions/prompt.ts';
import {toggleRecording} from './actions/recording.ts';
import * as row from './actions/row.ts';
import type {ViewAction} from './actions/view-action.ts';
import * as why from './actions/why.ts';

/** Where a key holds. */
export type Scope =
  | 'always'
  | 'all'
  | 'list'
  | 'port'
  | 'detail'
  | 'live'
  | 'events'
  | 'udev'
  | 'dialog'
  | 'grave'
  | 'prompt'
  | 'command'
  | 'menu'
  | 'help'
  | 'viewer'
  | 'jobs'
  | 'why'
  | 'chain'
  | 'sources';

export interface Binding {
  readonly scope: Scope;
  /** Canonical names, the one to show first. `text`: every key that writes itself. */
  readonly keys: readonly string[];
  readonly action: ViewAction;
  /** Its word in the footer; none: it is only in the help. */
  readonly footer?: string;
}

const bind = (
  scope: Scope,
  keys: readonly string[],
  action: ViewAction,
  footer?: string,
): Binding => ({scope, keys, action, ...(footer === undefined ? {} : {footer})});

/** Every key of the console. Help, footer and menu are made from this. */
export const KEYMAP: readonly Binding[] = [
  bind('always', ['ctrl-l'], go.redraw),
  bind('always', ['ctrl-z'], go.suspend),
  bind('always', ['ctrl-c'], go.interrupt),

  bind('port', ['enter'], row.openRow, 'detail'),
  bind('port', ['C'], change.confirm, 'confirm'),
  bind('port', ['e'], port.editLabel, 'label'),
  bind('port', ['r'], port.editRole, 'role'),
  bind('port', ['i'], port.identify, 'identify'),
  bind('port', ['F'], port.forget),
  bind('port', ['t'], list.toggleTree),
  bind('port', ['D'], change.disable),
  bind('port', ['E'], change.enable),
  bind('port', ['L'], change.turnLink),
  bind('port', ['s'], change.set),
  bind('port', ['x'], change.release),

  bind('detail', ['enter'], row.openRow, 'actions'),
  bind('detail', ['tab'], overlay.nextTab, 'tabs'),
  bind('detail', ['shift-tab'], overlay.previousTab),
  bind('detail', ['escape'], go.stepBack, 'back'),

  bind('udev', ['R'], toggleRecording, 'record'),

  bind('events', ['f'], nextKinds, 'kinds'),
  bind('live', ['p'], pause, 'pause'),

  bind('list', ['enter'], row.openRow, 'open'),
  bind('list', ['down', 'j'], list.rowDown),
  bind('list', ['up', 'k'], list.rowUp),
  bind('list', ['page-down'], list.pageDown),
  bind('list', ['page-up'], list.pageUp),
  bind('list', ['home', 'g'], list.firstRow),
  bind('list', ['end', 'G'], list.lastRow),
  bind('list', ['right'], list.columnRight),
  bind('list', ['left'], list.columnLeft),
  bind('list', ['tab'], list.nextPart),
  bind('list', ['shift-tab'], list.previousPart),

  bind('all', ['a'], row.openMenu, 'actions'),
  bind('all', ['w'], why.explain, 'why'),
  bind('all', ['n'], port.newestPlug),
  bind('all', ['b'], jobs.openJobs),
  bind('all', ['/'], list.openFilter, 'filter'),
  bind('all', ['U'], undo, 'undo'),
  bind('all', [':'], prompt.openCommandLine, 'command'),
  bind('all', ['h', '?'], overlay.openHelp, 'help'),
  bind('all', ['q'], go.quitOrBack, 'quit'),
  bind('all', ['escape'], go.stepBack),
  bind('all', ['1', 'f1'], go.showOverview),
  bind('all', ['2', 'f2'], go.showPorts),
  bind('all', ['3', 'f3'], go.showContainers),
  bind('all', ['4', 'f4'], go.showEvents),
  bind('all', ['5', 'f5'], go.showUdev),
  bind('all', ['space'], list.markRow),
  bind('all', ['o'], list.sortByColumn),
  bind('all', ['v'], list.toggleHidden),
  bind('all', ['['], past.changeBack),
  bind('all', [']'], past.changeOn),
  bind('all', ['{'], past.hourBack),
  bind('all', ['}'], past.hourOn),
  bind('all', ['@'], past.openMoment, 'time'),
  bind('all', ['z'], list.toggleDates),
  bind('all', ['y'], row.showJson),
  bind('all', ['c'], row.copyCell),

  bind('dialog', ['enter'], overlay.pressButton, 'the marked button'),
  bind('dialog', ['tab', 'right', 'left', 'shift-tab'], overlay.otherButton, 'the other'),
  bind('dialog', ['escape', 'q'], overlay.dialogNo, 'no'),

  bind('grave', ['enter'], overlay.pressButton, 'the marked button'),
  bind('grave', ['tab', 'right', 'left', 'shift-tab'], overlay.otherButton, 'the other'),
  bind('grave', ['escape'], overlay.dialogNo, 'no'),
  bind('grave', ['backspace'], overlay.eraseLabel),
  bind('grave', ['ctrl-u'], overlay.eraseWholeLabel),
  bind('grave', ['text'], overlay.typeLabel),

  bind('menu', ['enter'], menuRun, 'do it'),
  bind('menu', ['down', 'j'], menuDown),
  bind('menu', ['up', 'k'], menuUp),
  bind('menu', ['escape', 'a', 'q'], overlay.closeAny, 'close'),

  bind('command', ['tab'], prompt.complete, 'complete'),
  bind('command', ['up'], prompt.olderLine, 'history'),
  bind('command', ['down'], prompt.newerLine),

  bind('prompt', ['enter'], prompt.submit, 'do it'),
  bind('prompt', ['escape'], prompt.cancel, 'leave it'),
  bind('prompt', ['tab'], prompt.complete),
  bind('prompt', ['left', 'ctrl-b'], prompt.caretLeft),
  bind('prompt', ['right', 'ctrl-f'], prompt.caretRight),
  bind('prompt', ['home', 'ctrl-a'], prompt.caretStart),
  bind('prompt', ['end', 'ctrl-e'], prompt.caretEnd),
  bind('prompt', ['backspace'], prompt.eraseBefore),
  bind('prompt', ['delete', 'ctrl-d'], prompt.eraseUnder),
  bind('prompt', ['ctrl-u'], prompt.eraseToStart),
  bind('prompt', ['ctrl-k'], prompt.eraseToEnd),
  bind('prompt', ['ctrl-w', 'alt-backspace'], prompt.eraseWord),
  bind('prompt', ['text'], prompt.typeText),

  bind('help', ['escape', 'f1'], overlay.closeAny, 'close'),
  bind('help', ['down'], overlay.scrollDown),
  bind('help', ['up'], overlay.scrollUp),
  bind('help', ['page-down'], overlay.scrollPageDown),
  bind('help', ['page-up'], overlay.scrollPageUp),
  bind('help', ['backspace'], prompt.eraseBefore),
  bind('help', ['ctrl-u'], prompt.eraseToStart),
  bind('help', ['text'], prompt.typeText),

  bind('viewer', ['escape', 'q', 'enter'], overlay.closeAny, 'close'),
  bind('viewer', ['down', 'j'], overlay.scrollDown),
  bind('viewer', ['up', 'k'], overlay.scrollUp),
  bind('viewer', ['page-down', 'space'], overlay.scrollPageDown, 'page'),
  bind('viewer', ['page-up'], overlay.scrollPageUp),
  bind('viewer', ['right'], overlay.scrollRight, 'long lines'),
  bind('viewer', ['left'], overlay.scrollLeft),
  bind('viewer', ['home', 'g'], overlay.scrollToStart),
  bind('viewer', ['end', 'G'], overlay.scrollToEnd),

  bind('jobs', ['enter'], jobs.showJobEvents, 'its events'),
  bind('jobs', ['C'], jobs.cancelJob, 'cancel'),
  bind('jobs', ['R'], jobs.resumeJob, 'go on'),
  bind('jobs', ['V'], jobs.verifyEvents, 'verify events'),
  bind('jobs', ['b'], overlay.closeAny),
  bind('why', ['enter'], why.openSource, 'the events behind it'),
  bind('chain', ['enter'], why.showStep, 'the event'),
  bind('chain', ['U'], undo, 'undo it'),
  bind('sources', ['escape', 'q', 'w'], overlay.closeAny, 'back'),
  bind('sources', ['down', 'j'], why.nextSource),
  bind('sources', ['up', 'k'], why.sourceAbove),
  bind('sources', ['page-down', 'space'], why.pageOfSources),
  bind('sources', ['page-up'], why.pageOfSourcesUp),
  bind('sources', ['home', 'g'], why.firstSource),
  bind('sources', ['end', 'G'], why.lastSource),
];
