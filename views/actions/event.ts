import {describeMessage} from '#domain/event/words.ts';
import type {StoredMessage} from '#domain/message.ts';
import {withList} from '#store/ui-store.ts';
import {lastUndoable, undoWords} from '#store/undo-words.ts';

import {type View, viewOf} from '../console.ts';
import {cursorLine} from '../lists.ts';
import {markedId} from '../screen-list.ts';
import {EVENT_KINDS} from '../screens/events/rows.ts';
import {CHANGE_ID} from '../screens/overview/items.ts';
import {EVENT_ID} from '../screens/ports/detail.ts';
import {explanationItems} from '../why-items.ts';
import {openDialog} from './overlays.ts';
import type {ViewAction} from './view-action.ts';

export const nextKinds: ViewAction = {
  id: 'kinds',
  title: 'kinds of events: plugs+wishes, all, plugs, wishes, leaf',
  run(console) {
    const {ui} = viewOf(console);
    const next = (EVENT_KINDS.indexOf(ui.eventKinds) + 1) % EVENT_KINDS.length;
    console.ui.setState({eventKinds: EVENT_KINDS[next] ?? 'all'});
  },
};

export const pause: ViewAction = {
  id: 'pause',
  title: 'pause the list; again: go on',
  refusal: ({ui}) =>
    ui.screen === 'events' || ui.screen === 'udev' ? null : 'only live lists pause: 4 and 5',
  run(console) {
    const {ui, read} = viewOf(console);
    const follow = withList(ui, ui.screen, {cursorId: null});
    if (ui.screen === 'events') {
      const isPaused = ui.frozenHistory !== null;
      console.ui.setState(
        isPaused ? {frozenHistory: null, ...follow} : {frozenHistory: read.history},
      );
    } else {
      const isPaused = ui.frozenUevents !== null;
      console.ui.setState(
        isPaused ? {frozenUevents: null, ...follow} : {frozenUevents: read.uevents},
      );
    }
  },
};

/** The event of the marked line, else this person's last wish here. */
function eventToUndo(view: View): StoredMessage | undefined {
  const {read, selectors, ui} = view;
  if (ui.overlay?.kind === 'chain') {
    const {overlay} = ui;
    const items = explanationItems(view, overlay);
    const marked = items[cursorLine(items, overlay)]?.id;
    return overlay.steps.find(({sequence}) => String(sequence) === marked)?.message ?? undefined;
  }
  const id = markedId(view) ?? '';
  const isEvent = ui.screen === 'events' || id.startsWith(CHANGE_ID) || id.startsWith(EVENT_ID);
  const sequence = Number(id.replace(CHANGE_ID, '').replace(EVENT_ID, ''));
  return isEvent
    ? read.history.find((message) => message.sequence === sequence)
    : lastUndoable(read.actor, read, selectors.names(read));
}

function undoRefusal(view: View): string | null {
  const message = eventToUndo(view);
  if (message === undefined) {
    return 'no wish of yours in a console can be undone';
  }
  const {isPossible, text} = undoWords(message, view.read, view.selectors.names(view.read));
  return isPossible ? null : `event ${message.sequence} cannot be undone: ${text}`;
}

export const undo: ViewAction = {
  id: 'event.undo',
  title: 'undo: the selected event, else my last wish here',
  changesLeaf: true,
  refusal: undoRefusal,
  run(console) {
    const view = viewOf(console);
    const message = eventToUndo(view);
    if (message === undefined) {
      return;
    }
    const {read, selectors} = view;
    const {text} = undoWords(message, read, selectors.names(read));
    const target = String(message.sequence);
    const {object, what, detail, who, by} = describeMessage(message, selectors.names(read));
    openDialog(console, {
      title: `UNDO EVENT ${target}?`,
      facts: [
        {name: 'What', text: `${object} ${what} ${detail} (${who}, ${by})`},
        {name: 'Hits', text},
        {name: 'Back', text: 'undoing is an event, too, and can be undone'},
        {name: 'Same as', text: `cim-tui event undo ${target}`},
      ],
      buttons: [
        {label: 'No, leave it', effect: {kind: 'close'}},
        {
          label: 'Undo it',
          effect: {
            kind: 'wishes',
            wishes: [{aggregate: 'event', verb: 'undo', target, data: {}}],
            done: `undone: ${text}`,
          },
        },
      ],
    });
  },
};
