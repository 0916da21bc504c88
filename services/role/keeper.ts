import type {Clock} from '#contracts/clock.ts';
import type {InterfaceNames} from '#contracts/interface-names.ts';
import type {Log} from '#contracts/log.ts';
import type {RoleLinks} from '#contracts/role-links.ts';
import type {DeviceClass} from '#devices/class.ts';
import type {Uevent} from '#domain/kernel-device.ts';
import {type RoleLinkReadings, UNREAD_ROLE_LINKS} from '#domain/role/link.ts';
import type {Inventory} from '#projections/inventory.ts';
import type {Observation} from '../device/observation.ts';
import {createInterfaceNaming} from './interface-naming.ts';
import {createLinking} from './linking.ts';
import {createLooks} from './looks.ts';
import {createRoleMemory} from './memory.ts';
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
  heard(uevent: Pick<Uevent, 'action' | 'devpath'>): void;
}

/** Several records of one plug are one look. */
const HEARD_MS = 50;

/** A keeper that begins when it is started. */
export function createRoleKeeper(options: RoleKeeperOptions): RoleKeeper {
  const {clock, inventory, observation, onRead, signal, classes} = options;
  const places = createUnitPlaces();
  const memory = createRoleMemory();
  const linking = createLinking(options);
  const naming = createInterfaceNaming(options);
  let readings = UNREAD_ROLE_LINKS;
  /** No role is bound, and nothing of one is left. */
  let isIdle = false;
  const hasRoles = (): boolean => Object.keys(inventory().roles).length > 0;
  const plan = (): RolePlan => {
    const there = options.links.read();
    const planned = planRoles({
      inventory: inventory(),
      classes,
      placeOf: places.of,
      there,
      memory,
    });
    memory.note(Object.values(inventory().roles), {...planned, there});
    return planned;
  };
  const look = async (): Promise<boolean> => {
    places.note(inventory(), observation());
    if (isIdle && !hasRoles()) {
      return true;
    }
    const linked = await linking.keep(plan, places, signal);
    const {links, names} = plan();
    const named = await naming.keep(names, signal);
    const before = readings;
    readings = {
      list: [...linked.list, ...named.list],
      limit: links.length + names.length > 0 ? (linked.limit ?? named.limit) : null,
      seenAt: clock.iso(),
    };
    // Where nothing could be written, what was there may be in force still.
    isIdle = !hasRoles() && linked.limit === null;
    if (withoutTime(before) !== withoutTime(readings) && !signal.aborted) {
      onRead(readings);
    }
    return isWell(readings);
  };
  const looks = createLooks({...options, look});
  return {
    readings: () => readings,
    start: looks.start,
    stop: looks.stop,
    changed: looks.now,
    heard(uevent) {
      if (hasRoles() && !linking.isEcho(uevent)) {
        looks.soon(HEARD_MS);
      }
    },
  };
}

const isWell = ({list, limit}: RoleLinkReadings): boolean =>
  limit !== null || list.every(({state}) => state !== 'missing' && state !== 'wrong');

const withoutTime = ({list, limit}: RoleLinkReadings): string => JSON.stringify({list, limit});
