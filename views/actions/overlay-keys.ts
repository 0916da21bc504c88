import type {DialogEffect, Overlay, TextInput} from '#store/overlay.ts';
import {editText, insertText, textInput} from '#store/text-input.ts';
import {portDetail} from '#store/ui-store.ts';

import {type Console, viewOf} from '../console.ts';
import type {KeyEvent} from '../keys/key-event.ts';
import {bodyRows, overlayRows} from '../layout.ts';
import {closeOverlay, openOverlay} from './overlays.ts';
import {answer, type ViewAction} from './view-action.ts';
import {sendWishes} from './wishes.ts';

/** A key that early was meant for what was there before. */
const EARLY_MS = 300;

type DialogOverlay = Extract<Overlay, {kind: 'dialog'}>;

function withDialog(console: Console, act: (overlay: DialogOverlay) => void): void {
  const {overlay} = console.ui.getState();
  if (overlay?.kind === 'dialog' && console.ports.now() - overlay.openedAt >= EARLY_MS) {
    act(overlay);
  }
}

export const closeAny: ViewAction = {
  id: 'close',
  title: 'close it',
  run: closeOverlay,
};

export const dialogNo: ViewAction = {
  id: 'dialog.no',
  title: 'no: close it, nothing happens',
  run: (console) => withDialog(console, () => closeOverlay(console)),
};

export const otherButton: ViewAction = {
  id: 'dialog.other',
  title: 'the other button',
  run: (console) =>
    withDialog(console, (overlay) =>
      console.ui.setState({overlay: {...overlay, button: overlay.button === 0 ? 1 : 0}}),
    ),
};

export const pressButton: ViewAction = {
  id: 'dialog.press',
  title: 'press the marked button',
  run: (console) =>
    withDialog(console, ({dialog, button, input}) => {
      const {mustType} = dialog;
      if (button === 1 && mustType !== undefined && input.text !== mustType) {
        answer(console, `type ${mustType} first, or Esc`, 'refused');
        return;
      }
      closeOverlay(console);
      applyEffect(console, dialog.buttons[button].effect);
    }),
};

/** Edits what has to be typed before a grave button does anything. */
const editTyped = (
  id: string,
  title: string,
  edit: (input: TextInput, key: KeyEvent) => TextInput,
): ViewAction => ({
  id: `dialog.${id}`,
  title,
  run: (console, key) =>
    withDialog(console, (overlay) =>
      console.ui.setState({overlay: {...overlay, input: edit(overlay.input, key)}}),
    ),
});

export const typeLabel = editTyped('type', 'types itself', (input, key) =>
  key.text === null ? input : insertText(input, key.text),
);
export const eraseLabel = editTyped('erase', 'erase the last letter', (input) =>
  editText(input, 'erase'),
);
export const eraseWholeLabel = editTyped('erase-all', 'erase it all', (input) =>
  editText(input, 'erase-to-start'),
);

function applyEffect(console: Console, effect: DialogEffect): void {
  switch (effect.kind) {
    case 'close':
      return;
    case 'quit':
      console.ports.quit({keepRecording: effect.keepRecording});
      return;
    case 'wishes':
      void sendWishes(console, effect.wishes, effect.done);
  }
}

export const openHelp: ViewAction = {
  id: 'help',
  title: 'help of this screen; type to filter it',
  run: (console) => openOverlay(console, {kind: 'help', input: textInput(''), top: 0}),
};

const scroll = (id: string, title: string, by: (page: number) => number): ViewAction => ({
  id: `scroll.${id}`,
  title,
  run(console) {
    const {read, ui} = viewOf(console);
    const {overlay} = ui;
    if (overlay?.kind === 'viewer' || overlay?.kind === 'help') {
      const page = Math.max(1, bodyRows(read, ui) + overlayRows(ui) - 2);
      const last = overlay.kind === 'viewer' ? Math.max(0, overlay.lines.length - page) : 200;
      const top = Math.min(Math.max(0, overlay.top + by(page)), last);
      console.ui.setState({overlay: {...overlay, top}});
    }
  },
});

export const scrollDown = scroll('down', 'a line down', () => 1);
export const scrollUp = scroll('up', 'a line up', () => -1);
export const scrollPageDown = scroll('page-down', 'a page down', (page) => page);
export const scrollPageUp = scroll('page-up', 'a page up', (page) => -page);
export const scrollToStart = scroll('start', 'to the start', () => Number.NEGATIVE_INFINITY);
export const scrollToEnd = scroll('end', 'to the end', () => Number.POSITIVE_INFINITY);

/** Cells that ← → move long lines by. */
const SIDE_CELLS = 20;

const moveSideways = (id: string, title: string, by: 1 | -1): ViewAction => ({
  id: `scroll.${id}`,
  title,
  run({ui}) {
    const {overlay} = ui.getState();
    if (overlay?.kind === 'viewer') {
      const longest = Math.max(0, ...overlay.lines.map((line) => line.length)) - SIDE_CELLS;
      const left = Math.min(overlay.left + by * SIDE_CELLS, Math.max(0, longest));
      ui.setState({overlay: {...overlay, left: Math.max(0, left)}});
    }
  },
});

export const scrollRight = moveSideways('right', 'long lines: further to the right', 1);
export const scrollLeft = moveSideways('left', 'long lines: back to the left', -1);

export const nextTab = detailTab('next', 'next tab: Summary, Properties, History', 1);
export const previousTab = detailTab('previous', 'tab before', -1);

function detailTab(id: string, title: string, by: 1 | -1): ViewAction {
  const tabs = ['summary', 'properties', 'history'] as const;
  return {
    id: `tab.${id}`,
    title,
    run({ui}) {
      const detail = portDetail(ui.getState());
      if (detail !== null) {
        const tab = tabs[(tabs.indexOf(detail.tab) + by + tabs.length) % tabs.length] ?? 'summary';
        ui.setState({detail: {...detail, tab, cursorId: null, cursorIndex: 0}});
      }
    },
  };
}
