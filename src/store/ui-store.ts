import {createStore, type StoreApi} from 'zustand/vanilla';

import type {StoredMessage} from '#domain/message.ts';
import {type CallerWay, NO_WAY} from '#projections/hazards.ts';

import type {Overlay} from './overlay.ts';
import type {UeventEntry} from './read-store.ts';

export type ScreenId = 'overview' | 'ports' | 'containers' | 'events' | 'udev';

/** Which events a list shows; `f` goes round. */
export type EventKinds = 'plugs+wishes' | 'all' | 'plugs' | 'wishes' | 'leaf';

export interface Sort {
  readonly column: string;
  readonly isReversed: boolean;
}

/** How a screen's list is looked at; kept for each screen. */
export interface ListState {
  /** The marked line; null: the first one, or the newest where a list follows. */
  readonly cursorId: string | null;
  /** Where the line was, for when it goes. */
  readonly cursorIndex: number;
  /** Index of the column under ← →. */
  readonly column: number;
  readonly filter: string;
  readonly sort: Sort | null;
  readonly marked: ReadonlySet<string>;
}

export type DetailTab = 'summary' | 'properties' | 'history';

/** The port whose detail covers the list. */
export interface PortDetail {
  readonly kind: 'port';
  readonly portId: string;
  readonly tab: DetailTab;
  readonly cursorId: string | null;
  readonly cursorIndex: number;
}

/** The container whose detail covers the list. */
export interface ContainerDetail {
  readonly kind: 'container';
  readonly name: string;
  readonly cursorId: string | null;
  readonly cursorIndex: number;
}

export type Detail = PortDetail | ContainerDetail;

/** The line at the bottom after an action. */
export interface AnswerLine {
  readonly text: string;
  readonly kind: 'done' | 'refused' | 'note';
}

/** A wish that was sent and not answered yet. */
export interface PendingWish {
  readonly number: number;
  readonly target: string;
  readonly text: string;
}

/** A port that was asked to show itself: what changes meanwhile lights up. */
export interface Identify {
  readonly portId: string;
  readonly from: number;
  readonly until: number;
}

/** Everything a key can change, and nothing the leaf says. */
export interface UiState {
  readonly screen: ScreenId;
  readonly lists: Readonly<Record<ScreenId, ListState>>;
  readonly detail: Detail | null;
  readonly showsHidden: boolean;
  /** Ports stand below the hub, dock or bridge they belong to. */
  readonly showsTree: boolean;
  readonly eventKinds: EventKinds;
  /** What a paused list goes on showing. */
  readonly frozenHistory: readonly StoredMessage[] | null;
  readonly frozenUevents: readonly UeventEntry[] | null;
  /** State lists show ages and histories the clock; `other`: the other way round. */
  readonly dates: 'usual' | 'other';
  readonly overlay: Overlay | null;
  readonly answer: AnswerLine | null;
  readonly pending: readonly PendingWish[];
  readonly identify: Identify | null;
  /** File that raw uevents are recorded into; `begins`: soon; null: none is. */
  readonly recording: string | null;
  /** Sequence of the newest plug whose banner was looked at or has passed. */
  readonly bannerSeen: number;
  /** Which plug `n` shows next. */
  readonly plugIndex: number;
  readonly commandHistory: readonly string[];
  /** Time of the last Ctrl-C, for twice quits. */
  readonly interruptedAt: number;
  /** Somebody looks on from elsewhere: banners pass by themselves. */
  readonly isRemote: boolean;
  /** By which way this person has come to the leaf, as far as it is known. */
  readonly caller: CallerWay;
  readonly columns: number;
  readonly rows: number;
  /** Milliseconds since 1970, moved on as often as the screen shows time. */
  readonly now: number;
}

const LIST: ListState = {
  cursorId: null,
  cursorIndex: 0,
  column: 0,
  filter: '',
  sort: null,
  marked: new Set(),
};

/** The store of focus, filters and what is open. */
export const createUiStore = (
  initial: Pick<UiState, 'columns' | 'rows' | 'now'> & Partial<UiState>,
): StoreApi<UiState> =>
  createStore<UiState>(() => ({
    screen: 'overview',
    lists: {overview: LIST, ports: LIST, containers: LIST, events: LIST, udev: LIST},
    detail: null,
    showsHidden: false,
    showsTree: false,
    eventKinds: 'plugs+wishes',
    frozenHistory: null,
    frozenUevents: null,
    dates: 'usual',
    overlay: null,
    answer: null,
    pending: [],
    identify: null,
    recording: null,
    bannerSeen: 0,
    plugIndex: 0,
    commandHistory: [],
    interruptedAt: 0,
    isRemote: true,
    caller: NO_WAY,
    ...initial,
  }));

/** The port whose detail is open, or null. */
export const portDetail = ({detail}: Pick<UiState, 'detail'>): PortDetail | null =>
  detail?.kind === 'port' ? detail : null;

/** The state with one screen's list changed. */
export const withList = (
  state: UiState,
  screen: ScreenId,
  changes: Partial<ListState>,
): Pick<UiState, 'lists'> => ({
  lists: {...state.lists, [screen]: {...state.lists[screen], ...changes}},
});
