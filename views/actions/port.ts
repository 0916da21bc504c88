import {forgetPort, unquarantinePort} from '#domain/port/commands.ts';
import {type PortRow, roleAwaiting, titleOf} from '#store/ports.ts';
import {portDetail} from '#store/ui-store.ts';

import {type Console, type View, viewOf} from '../console.ts';
import {markedId, screenList, setCursor} from '../screen-list.ts';
import {counted} from '../words/numbers.ts';
import {openDialog, openPrompt} from './overlays.ts';
import {answer, changeRefusal, type ViewAction} from './view-action.ts';
import {sendWish, sendWishes} from './wishes.ts';

/** How long a port that is looked for lights up. */
const IDENTIFY_MS = 60_000;

/** The ports an action is about: the marked set, else the detail's, else the row's. */
export function selectedPorts(view: View): readonly PortRow[] {
  const {read, ui, selectors} = view;
  if (ui.screen !== 'ports') {
    return [];
  }
  const {marked} = ui.lists.ports;
  const single = portDetail(ui)?.portId ?? markedId(view);
  const ids = ui.detail === null && marked.size > 0 ? [...marked] : single === null ? [] : [single];
  return ids.flatMap((id) => selectors.portRow(read, id) ?? []);
}

const NO_PORT = 'no port is selected';

/** Why there is not just one port that an action could be about, or null. */
export const onePort = (view: View): string | null => {
  const count = selectedPorts(view).length;
  return count === 1
    ? null
    : count === 0
      ? NO_PORT
      : 'only one port at a time: Esc takes the marks away';
};

/** A new label moves a row: the cursor goes with it, also when it only stood there by default. */
function holdRow(console: Console): void {
  const view = viewOf(console);
  const {cursor} = screenList(view);
  setCursor(console, {cursorId: markedId(view), cursorIndex: Math.max(0, cursor)});
}

export const editLabel: ViewAction = {
  id: 'port.label',
  title: 'edit the label: what the socket is marked with',
  changesLeaf: true,
  refusal: onePort,
  run(console) {
    const view = viewOf(console);
    const [row] = selectedPorts(view);
    if (row !== undefined) {
      holdRow(console);
      const title = `Label of ${titleOf(row)}`;
      const seen = view.read.inventory.sequence;
      openPrompt(console, {kind: 'label', portId: row.id, title, seen}, row.label ?? '');
    }
  },
};

export const editRole: ViewAction = {
  id: 'role.bind',
  title: 'edit the role: what it is for',
  changesLeaf: true,
  refusal: onePort,
  run(console) {
    const view = viewOf(console);
    const [row] = selectedPorts(view);
    if (row !== undefined) {
      holdRow(console);
      const title = `Role of ${titleOf(row)}`;
      const seen = view.read.inventory.sequence;
      openPrompt(console, {kind: 'role', portId: row.id, title, seen}, row.role ?? '');
    }
  },
};

/** What NEXT offers: the role that waits is in the line already. */
export function offerRole(console: Console): void {
  const view = viewOf(console);
  const [row] = selectedPorts(view);
  const role = row === undefined ? null : roleAwaiting(view.read.inventory, row.id);
  if (row !== undefined && role !== null) {
    const seen = view.read.inventory.sequence;
    const title = `Role of ${titleOf(row)}`;
    openPrompt(console, {kind: 'role', portId: row.id, title, seen}, role);
  }
}

/** Why a port cannot be forgotten, as far as the picture tells; the agent decides. */
function forgetRefusal(view: View): string | null {
  const rows = selectedPorts(view);
  const kept = rows.find(({device, role}) => device !== null || role !== null);
  if (rows.length === 0) {
    return NO_PORT;
  }
  return kept === undefined ? null : `${titleOf(kept)} is in use: unplug it, unbind its role first`;
}

export const forget: ViewAction = {
  id: 'port.forget',
  title: forgetPort.summary,
  changesLeaf: true,
  refusal: forgetRefusal,
  run(console) {
    const view = viewOf(console);
    const rows = selectedPorts(view);
    const names = rows.map(titleOf).join(', ');
    const what = rows.length === 1 ? names : counted(rows.length, 'port');
    const seen = view.read.inventory.sequence;
    openDialog(console, {
      title: `FORGET ${what.toUpperCase()}?`,
      facts: [
        {name: 'What', text: names},
        {name: 'Hits', text: 'it leaves the list, and its label with it; its history stays'},
        {name: 'Back', text: 'U undoes it; plugging something in brings it back without label'},
        {name: 'Same as', text: rows.map(({id}) => `cim-tui port forget ${id}`).join('; ')},
      ],
      buttons: [
        {label: 'No, leave it', effect: {kind: 'close'}},
        {
          label: `Forget ${what}`,
          effect: {
            kind: 'wishes',
            wishes: rows.map(({id}) => ({
              aggregate: 'port',
              verb: 'forget',
              target: id,
              data: {},
              seen,
            })),
            done: `forgot ${what}`,
          },
        },
      ],
    });
  },
};

function unquarantineRefusal(view: View): string | null {
  const rows = selectedPorts(view);
  const other = rows.find(({state}) => state !== 'quarantined');
  if (rows.length === 0) {
    return NO_PORT;
  }
  return other === undefined ? null : `${titleOf(other)} is not in quarantine`;
}

export const unquarantine: ViewAction = {
  id: 'port.unquarantine',
  title: unquarantinePort.summary,
  changesLeaf: true,
  refusal: unquarantineRefusal,
  run(console) {
    const view = viewOf(console);
    const seen = view.read.inventory.sequence;
    const rows = selectedPorts(view);
    const wishes = rows.map(({id: target}) => ({
      aggregate: 'port',
      verb: 'unquarantine',
      target,
      data: {},
      seen,
    }));
    void sendWishes(console, wishes, `took back ${rows.map(titleOf).join(', ')}`);
  },
};

/** Classes whose units can have a lamp that the leaf turns on and off. */
const LAMPS: ReadonlySet<string> = new Set(['network', 'storage', 'input']);

const mayBlink = ({device}: PortRow): boolean =>
  device?.functions.some((each) => LAMPS.has(each.class)) === true;

const PULL = 'pull its plug out and put it back: its row lights up (<) for 60 s';

/** The row that leaves lights up here in any case; where there may be a lamp, the leaf tries it. */
export const identify: ViewAction = {
  id: 'identify',
  title: 'which socket is it? a lamp blinks; or pull the plug: its row lights up',
  refusal: onePort,
  run(console) {
    const view = viewOf(console);
    const [row] = selectedPorts(view);
    if (row === undefined) {
      return;
    }
    const from = console.ports.now();
    console.ui.setState({identify: {portId: row.id, from, until: from + IDENTIFY_MS}});
    const title = titleOf(row);
    if (mayBlink(row) && changeRefusal(view) === null) {
      const wish = {aggregate: 'port', verb: 'identify', target: row.id, data: {}};
      void sendWish(console, wish, `${title}: a lamp blinks if it has one; or ${PULL}`);
    } else {
      answer(console, `${title} has no lamp: ${PULL}`, 'note');
    }
  },
};

/** n: the port of the newest plug; again: the one before. */
export const newestPlug: ViewAction = {
  id: 'newest-plug',
  title: 'the port of the newest plug; again: the one before',
  refusal: ({read}) =>
    read.plugs.length === 0 ? 'nothing was plugged in since this console opened' : null,
  run: (console) => goToPlug(console),
};

function goToPlug(console: Console): void {
  const {read, ui} = viewOf(console);
  const [newest] = read.plugs;
  const isFresh = newest !== undefined && newest.sequence > ui.bannerSeen;
  const index = isFresh ? 0 : ui.plugIndex % read.plugs.length;
  const plug = read.plugs[index];
  if (plug !== undefined && newest !== undefined) {
    console.ui.setState({bannerSeen: newest.sequence, plugIndex: index + 1, screen: 'ports'});
    const {lists} = console.ui.getState();
    console.ui.setState({
      lists: {...lists, ports: {...lists.ports, cursorId: plug.portId}},
      detail: {kind: 'port', portId: plug.portId, tab: 'summary', cursorId: null, cursorIndex: 0},
    });
  }
}
