import type {ScreenId} from '#store/ui-store.ts';
import {withList} from '#store/ui-store.ts';

import {type Console, viewOf} from '../console.ts';
import {openDialog, openOverlay} from './overlays.ts';
import {answer, type ViewAction} from './view-action.ts';

const show = (screen: ScreenId, title: string): ViewAction => ({
  id: `screen.${screen}`,
  title,
  run: (console) => showScreen(console, screen),
});

export const showOverview = show('overview', 'Overview: does anything need me?');
export const showPorts = show('ports', 'Ports: inputs and outputs, and who uses them');
export const showContainers = show('containers', 'Containers: what runs here, and where');
export const showEvents = show('events', 'Events: every change, by whom');
export const showUdev = show('udev', "Udev: the kernel's own records, live");

/** Opens a screen as it was left. */
export const showScreen = ({ui}: Console, screen: ScreenId): void =>
  ui.setState({screen, detail: null, overlay: null, answer: null});

/** Opens the detail of a port on the Ports screen. */
export function showPort(console: Console, portId: string): void {
  const {ui} = viewOf(console);
  console.ui.setState({
    ...withList(ui, 'ports', {cursorId: portId}),
    screen: 'ports',
    detail: {kind: 'port', portId, tab: 'summary', cursorId: null, cursorIndex: 0},
    overlay: null,
  });
}

/** Opens the detail of a container. */
export const showContainer = ({ui}: Console, name: string): void =>
  ui.setState({detail: {kind: 'container', name, cursorId: null, cursorIndex: 0}, overlay: null});

/** Opens the Events screen on one event, with every kind shown. */
export function showEvent(console: Console, sequence: string): void {
  const {ui} = viewOf(console);
  console.ui.setState({
    ...withList(ui, 'events', {cursorId: sequence, filter: ''}),
    screen: 'events',
    eventKinds: 'all',
    detail: null,
    overlay: null,
  });
}

/** Esc: one step back. Never quits. */
export const stepBack: ViewAction = {
  id: 'back',
  title: 'one step back: dialog, prompt, filter, detail, the past; never quits',
  run(console) {
    const {read, ui} = viewOf(console);
    const list = ui.lists[ui.screen];
    if (ui.answer !== null) {
      console.ui.setState({answer: null});
    }
    if (ui.detail !== null) {
      console.ui.setState({detail: null});
    } else if (list.filter !== '') {
      console.ui.setState(withList(ui, ui.screen, {filter: ''}));
    } else if (list.marked.size > 0) {
      console.ui.setState(withList(ui, ui.screen, {marked: new Set()}));
    } else if (ui.frozenHistory !== null || ui.frozenUevents !== null) {
      console.ui.setState({frozenHistory: null, frozenUevents: null});
    } else if (read.past !== null) {
      void console.ports.goTo(null);
    } else if (ui.screen === 'events' || ui.screen === 'udev') {
      console.ui.setState(withList(ui, ui.screen, {cursorId: null}));
    }
  },
};

/** q: back, and on a top screen the end of the console. */
export const quitOrBack: ViewAction = {
  id: 'quit',
  title: 'back; on a top screen quit',
  run(console) {
    const {ui} = viewOf(console);
    if (ui.detail !== null) {
      console.ui.setState({detail: null});
      return;
    }
    quit(console);
  },
};

/** Ends the console, asking once whether the leaf goes on recording where that is open. */
export function quit(console: Console): void {
  if (!console.read.getState().asksOnQuit) {
    console.ports.quit({keepRecording: null});
    return;
  }
  openDialog(console, {
    title: 'LEAVE THE LAST CONSOLE?',
    facts: [
      {name: 'What', text: 'no other console of this leaf is open'},
      {name: 'Choice', text: 'the leaf can go on recording in the background, or stop'},
      {name: 'Later', text: 'this answer is remembered; `cim-tui serve` starts it again'},
    ],
    buttons: [
      {label: 'Leave, go on recording', effect: {kind: 'quit', keepRecording: true}},
      {label: 'Leave and stop the leaf', effect: {kind: 'quit', keepRecording: false}},
    ],
  });
}

/** Ctrl-C: as Esc, twice quits. It never stops what was begun. */
export const interrupt: ViewAction = {
  id: 'interrupt',
  title: 'as Esc; twice within a second quits',
  run(console, key) {
    const now = console.ports.now();
    const isTwice = now - console.ui.getState().interruptedAt < 1_000;
    console.ui.setState({interruptedAt: now});
    if (isTwice) {
      console.ports.quit({keepRecording: null});
      return;
    }
    if (console.ui.getState().overlay !== null) {
      openOverlay(console, null);
    } else {
      stepBack.run(console, key);
    }
    answer(console, 'Ctrl-C once more quits; what was begun goes on', 'note');
  },
};

export const redraw: ViewAction = {
  id: 'redraw',
  title: 'clear and draw again',
  run: (console) => console.redraw(),
};

export const suspend: ViewAction = {
  id: 'suspend',
  title: 'suspend: back to the shell, `fg` returns',
  run: (console) => console.suspend(),
};
