import {createStore, type StoreApi} from 'zustand/vanilla';

import {type Containers, UNREAD_CONTAINERS} from '#domain/container/container.ts';
import type {JobProgress, JobProgresses} from '#domain/job/progress.ts';
import type {Uevent} from '#domain/kernel-device.ts';
import type {HostMetrics} from '#domain/leaf/host-metrics.ts';
import type {StoredMessage} from '#domain/message.ts';
import type {PortUsers} from '#domain/port/user.ts';
import {type RoleLinkReadings, UNREAD_ROLE_LINKS} from '#domain/role/link.ts';
import {evolveInventory, type Inventory, initialInventory} from '#projections/inventory.ts';

import {createCoalescer, type Schedule} from './coalescer.ts';
import {appendHistory} from './history.ts';
import {asOf, type PastPlace} from './past.ts';
import {evolvePlugs, type Plug} from './plugs.ts';

/** How the console hears the leaf: `since` in milliseconds since 1970. */
export interface Connection {
  readonly kind: 'connecting' | 'live' | 'stale';
  readonly since: number;
}

/** What stands behind the leaf: this machine, a made-up one, or the recording of one. */
export type LeafKind = 'real' | 'demo' | 'replay';

/** A raw uevent with the number and time of its arrival here. */
export interface UeventEntry {
  readonly number: number;
  readonly at: number;
  readonly uevent: Uevent;
}

/** Where this person's last console ended. */
export interface Visit {
  readonly sequence: number;
  readonly at: string | null;
}

/** Everything the screens read. Written by projections and the connection, never by a key. */
export interface ReadState {
  readonly inventory: Inventory;
  /** The newest messages, oldest first. */
  readonly history: readonly StoredMessage[];
  readonly users: PortUsers;
  readonly connection: Connection;
  /** What is missing and the one command that gives it. */
  readonly limits: string | null;
  /** How the machine is; null: not read yet. */
  readonly host: HostMetrics | null;
  readonly containers: Containers;
  readonly roleLinks: RoleLinkReadings;
  /** Of the jobs that run. */
  readonly progress: JobProgresses;
  readonly uevents: readonly UeventEntry[];
  /** Uevents that came since the console opened. */
  readonly ueventCount: number;
  readonly plugs: readonly Plug[];
  readonly visit: Visit | null;
  readonly leafKind: LeafKind;
  readonly isReadonly: boolean;
  /** Leaving asks whether the leaf goes on recording. */
  readonly asksOnQuit: boolean;
  readonly actor: string;
  readonly leafId: string;
  /** null: it is now. */
  readonly past: PastPlace | null;
}

export interface ReadStoreOptions {
  /** Milliseconds since 1970. */
  now(): number;
  readonly schedule: Schedule;
  isOutputBlocked(): boolean;
  readonly initial: Partial<ReadState> & Pick<ReadState, 'actor' | 'leafId'>;
}

/** The store and its writers. What is written here is on screen a moment later, coalesced. */
export interface ReadStore {
  readonly store: StoreApi<ReadState>;
  /** The whole picture as of a sequence, from a snapshot. History stays. */
  replaceSnapshot(inventory: Inventory): void;
  /** Messages in order: folded when newer than the picture, and kept in the history. */
  apply(messages: readonly StoredMessage[]): void;
  setUsers(users: PortUsers): void;
  setProgress(progress: JobProgress): void;
  /** Told every two seconds: it never has the screen drawn for itself alone at once. */
  setHost(host: HostMetrics | null): void;
  pushUevents(uevents: readonly Uevent[]): void;
  /** Shows the leaf as it was; null: as it is. What is told meanwhile is kept for later. */
  showPast(inventory: Inventory | null): void;
  setConnection(kind: Connection['kind']): void;
  /** Fields that are told whole, and those of the console itself. */
  set(
    changes: Partial<
      Pick<
        ReadState,
        | 'limits'
        | 'containers'
        | 'roleLinks'
        | 'progress'
        | 'visit'
        | 'isReadonly'
        | 'asksOnQuit'
        | 'leafKind'
        | 'leafId'
        | 'actor'
      >
    >,
  ): void;
  /** What has been told so far, also when it is not yet written, or the screen shows the past. */
  newest(): ReadState;
  stop(): void;
}

const UEVENTS_MAX = 500;

/** A store without a picture yet, connecting. */
export function createReadStore(options: ReadStoreOptions): ReadStore {
  const {now} = options;
  let next: ReadState = {...initialState(now()), ...options.initial};
  let past: Inventory | null = null;
  const shown = (): ReadState => (past === null ? next : asOf(next, past));
  const store = createStore<ReadState>(() => next);
  const coalescer = createCoalescer({...options, write: () => store.setState(shown(), true)});
  const isChanged = (changes: Partial<ReadState>): boolean => {
    const before = next;
    next = {...next, ...changes};
    // The agent's beat tells the same again and again: nothing to draw.
    return !isShallowEqual(before, next);
  };
  const change = (changes: Partial<ReadState>): void => {
    if (isChanged(changes)) {
      coalescer.touch();
    }
  };
  const changeLazily = (changes: Partial<ReadState>): void => {
    if (isChanged(changes)) {
      coalescer.touchLazily();
    }
  };
  return {
    store,
    replaceSnapshot: (inventory) => change({inventory}),
    apply: (messages) => change(applied(next, messages, now())),
    setUsers: (users) => changeLazily({users: {...next.users, ...users}}),
    setProgress: (progress) => changeLazily({progress: withProgress(next, progress)}),
    setHost: (host) => changeLazily({host}),
    pushUevents: (uevents) => changeLazily(pushed(next, uevents, now())),
    showPast(inventory) {
      past = inventory;
      coalescer.touch();
    },
    setConnection(kind) {
      if (kind !== next.connection.kind) {
        change({connection: {kind, since: now()}});
      }
    },
    set: change,
    newest: () => ({...next, past: shown().past}),
    stop: () => coalescer.stop(),
  };
}

const isShallowEqual = (one: ReadState, other: ReadState): boolean =>
  Object.entries(one).every(([name, value]) => Object.is(value, Reflect.get(other, name)));

const initialState = (now: number): Omit<ReadState, 'actor' | 'leafId'> => ({
  inventory: initialInventory,
  history: [],
  users: {},
  connection: {kind: 'connecting', since: now},
  limits: null,
  host: null,
  containers: UNREAD_CONTAINERS,
  roleLinks: UNREAD_ROLE_LINKS,
  progress: {},
  uevents: [],
  ueventCount: 0,
  plugs: [],
  visit: null,
  leafKind: 'real',
  isReadonly: false,
  asksOnQuit: false,
  past: null,
});

function applied(
  state: ReadState,
  messages: readonly StoredMessage[],
  now: number,
): Pick<ReadState, 'inventory' | 'plugs' | 'history'> {
  let {inventory, plugs} = state;
  for (const message of messages) {
    if (message.sequence > inventory.sequence) {
      inventory = evolveInventory(inventory, message);
      plugs = evolvePlugs(plugs, inventory, message, now);
    }
  }
  return {inventory, plugs, history: appendHistory(state.history, messages)};
}

function pushed(
  state: ReadState,
  uevents: readonly Uevent[],
  now: number,
): Pick<ReadState, 'uevents' | 'ueventCount'> {
  const entries = uevents.map((uevent, index) => ({
    number: state.ueventCount + index + 1,
    at: now,
    uevent,
  }));
  return {
    uevents: [...state.uevents, ...entries].slice(-UEVENTS_MAX),
    ueventCount: state.ueventCount + uevents.length,
  };
}

/** What has ended is let go of. */
function withProgress({progress, inventory}: ReadState, told: JobProgress): JobProgresses {
  const open = Object.values(progress).filter(({id}) => inventory.jobs[id]?.state === 'running');
  return Object.fromEntries([...open, told].map((each) => [each.id, each]));
}
