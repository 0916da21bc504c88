import {type Containers, UNREAD_CONTAINERS} from '#domain/container/container.ts';
import type {ClockState} from '#domain/envelope.ts';
import type {StoredMessage} from '#domain/message.ts';
import {UNREAD_ROLE_LINKS} from '#domain/role/link.ts';
import type {Inventory} from '#projections/inventory.ts';

/** Where in the past the console stands. */
export interface PastPlace {
  readonly sequence: number;
  /** Time of the event there, ISO. */
  readonly time: string | null;
  /** How the clock stood then. */
  readonly clock: ClockState | null;
  /** What has come since, as far as it is kept, oldest first. */
  readonly later: readonly StoredMessage[];
}

const NOT_KEPT: Containers = {
  ...UNREAD_CONTAINERS,
  limit: {refused: 'not-kept', detail: 'which containers ran'},
};

/** What the screens show in the past. What is read live was never kept: it is unknown. */
export const asOf = <State extends {readonly history: readonly StoredMessage[]}>(
  state: State,
  inventory: Inventory,
) => ({
  ...state,
  inventory,
  history: state.history.filter(({sequence}) => sequence <= inventory.sequence),
  users: {},
  host: null,
  limits: null,
  containers: NOT_KEPT,
  roleLinks: UNREAD_ROLE_LINKS,
  progress: {},
  plugs: [] as const,
  past: {
    sequence: inventory.sequence,
    time: inventory.lastSeen,
    clock: inventory.clock,
    later: state.history.filter(({sequence}) => sequence > inventory.sequence),
  },
});
