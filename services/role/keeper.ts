import type {Clock} from '#contracts/clock.ts';
import type {InterfaceNames} from '#contracts/interface-names.ts';
import type {Log} from '#contracts/log.ts';
import type {RoleLinks} from '#contracts/role-links.ts';
import type {DeviceClass} from '#devices/class.ts';
import {type RoleLinkReadings, UNREAD_ROLE_LINKS} from '#domain/role/link.ts';
import type {Inventory} from '#projections/inventory.ts';
import type {Observation} from '../device/observation.ts';
import {createInterfaceNaming} from './interface-naming.ts';
import {createLinking} from './linking.ts';
import {planRoles, type RolePlan} from './plan.ts';
import {createUnitPlaces} from './unit-places.ts';

export interface RoleKeeperOptions {
  readonly links: RoleLinks;
  readonly names: InterfaceNames;
  readonly classes: readonly DeviceClass[];
  readonly clock: Clock;
  readonly log: Log;
  readonly inventory: () => Inventory;
  /** The kernel's devices as last seen. */
  readonly observation: () => Observation;
  /** Called when a reading differs from the one before in more than its time. */
  readonly onRead: (readings: RoleLinkReadings) => void;
  readonly signal: AbortSignal;
}

/** Keeps the stable paths of roles leading where they should, and tells where they do not. */
export interface RoleKeeper {
  readings(): RoleLinkReadings;
  start(): void;
  stop(): void;
  /** Something about roles, units or ports was stored. */
  changed(): void;
  /** udev has answered for a kernel device: links may lead elsewhere now. */
  heard(): void;
}

/** Several records of one plug are one look. */
const HEARD_MS = 50;
/** What is not right is tried again after this, each time twice as late. */
const FIRST_AGAIN_MS = 1000;
const LAST_AGAIN_MS = 60_000;

/** A keeper that begins when it is started; one look at a time. */
export function createRoleKeeper(options: RoleKeeperOptions): RoleKeeper {
  const {clock, log, inventory, observation, onRead, signal, classes} = options;
  const places = createUnitPlaces();
  const linking = createLinking(options);
  const naming = createInterfaceNaming(options);
  let readings = UNREAD_ROLE_LINKS;
  let isRunning = false;
  let isAskedAgain = false;
  let isStopped = true;
  let againMs = FIRST_AGAIN_MS;
  /** No role is bound, and nothing of one is left. */
  let isIdle = false;
  let cancel = (): void => undefined;
  const hasRoles = (): boolean => Object.keys(inventory().roles).length > 0;

  const keep = async (): Promise<void> => {
    places.note(inventory(), observation());
    if (isIdle && !hasRoles()) {
      return;
    }
    const planNow = (): RolePlan =>
      planRoles({
        inventory: inventory(),
        classes,
        placeOf: places.of,
        there: options.links.read(),
      });
    const linked = await linking.keep(planNow, places.devpathOf, signal);
    const plan = planNow();
    const named = await naming.keep(plan, signal);
    const list = [...linked.list, ...named.list];
    const next: RoleLinkReadings = {
      list,
      limit: plan.links.length + plan.names.length > 0 ? (linked.limit ?? named.limit) : null,
      seenAt: clock.iso(),
    };
    const isNews = withoutTime(next) !== withoutTime(readings);
    readings = next;
    isIdle = !hasRoles();
    if (isNews && !isStopped) {
      onRead(readings);
    }
  };
  const isAllRight = (): boolean =>
    readings.limit !== null ||
    readings.list.every(({state}) => state !== 'missing' && state !== 'wrong');
  const run = async (): Promise<void> => {
    cancel();
    if (isStopped || signal.aborted) {
      return;
    }
    if (isRunning) {
      isAskedAgain = true;
      return;
    }
    isRunning = true;
    try {
      await keep();
      againMs = isAllRight() ? FIRST_AGAIN_MS : Math.min(againMs * 2, LAST_AGAIN_MS);
    } catch (error) {
      if (!signal.aborted) {
        log.error('keep the links of roles', error);
      }
      againMs = Math.min(againMs * 2, LAST_AGAIN_MS);
    }
    isRunning = false;
    if (isAskedAgain) {
      isAskedAgain = false;
      void run();
    } else if (againMs > FIRST_AGAIN_MS) {
      plan(againMs);
    }
  };
  const plan = (delayMs: number): void => {
    cancel();
    if (!isStopped && !signal.aborted) {
      cancel = clock.after(delayMs, () => void run());
    }
  };
  return {
    readings: () => readings,
    start() {
      isStopped = false;
      plan(0);
    },
    stop() {
      isStopped = true;
      cancel();
    },
    changed: () => void run(),
    heard() {
      if (hasRoles()) {
        plan(HEARD_MS);
      }
    },
  };
}

const withoutTime = ({list, limit}: RoleLinkReadings): string => JSON.stringify({list, limit});
