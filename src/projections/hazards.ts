import type {ErrorCode} from '#domain/errors.ts';
import type {PortState} from '#domain/port/state.ts';
import type {PortUser, PortUsers} from '#domain/port/user.ts';
import type {Inventory} from './inventory.ts';
import {deviceInPort} from './port-rows.ts';

/** By which way somebody who asks has come in. */
export interface CallerWay {
  /** Network interface that their ssh connection comes through. */
  readonly interface: string | null;
  /** Terminal: `ttyS0`, `tty2`, `pts/3`. */
  readonly tty: string | null;
}

export const NO_WAY: CallerWay = {interface: null, tty: null};

/** What would be cut off with a port: the worst kinds first. */
export type HazardKind = Extract<
  ErrorCode,
  'boot-disk' | 'own-session' | 'last-uplink' | 'last-keyboard'
>;

export interface Hazards {
  readonly kinds: readonly HazardKind[];
  /** Who else uses it: `host picocom`, `web`, `mounted at /srv`. */
  readonly users: readonly string[];
}

/** The part of an inventory that tells what hangs on what. */
type Wiring = Pick<Inventory, 'ports' | 'devices'>;

export interface HazardView {
  readonly inventory: Wiring;
  readonly users: PortUsers;
  readonly caller: CallerWay;
}

const KINDS: readonly HazardKind[] = ['boot-disk', 'own-session', 'last-uplink', 'last-keyboard'];

/** What hangs on a port: by itself, by all below it, and by the bridge that it is the only way into. */
export function hazardsOf(view: HazardView, port: PortState): Hazards {
  const own = [port, ...allBelow(view.inventory, port)];
  const reached = withCarried(view, [...own, ...mastersOf(view.inventory, port)]);
  const kinds = KINDS.filter((kind) => HOLDS[kind](view, kind === 'boot-disk' ? own : reached));
  return {kinds, users: own.flatMap(({id}) => userWords(view.users[id]))};
}

type Holds = (view: HazardView, ports: readonly PortState[]) => boolean;

const HOLDS: Readonly<Record<HazardKind, Holds>> = {
  'boot-disk': ({users}, ports) => ports.some(({id}) => hasMark(users[id], 'boot')),
  'own-session': (view, ports) => ports.some((port) => isWayOf(view, port)),
  'last-uplink': ({inventory, users}, ports) =>
    areAll(
      ports,
      Object.values(inventory.ports).filter(({id}) => hasMark(users[id], 'route')),
    ),
  'last-keyboard': ({inventory}, ports) => areAll(ports, keyboards(inventory)),
};

const hasMark = (user: PortUser | undefined, mark: PortUser['marks'][number]): boolean =>
  user?.marks.includes(mark) === true;

/** True when nothing of a kind, of which there is some, is left outside of these. */
const areAll = (ports: readonly PortState[], kind: readonly PortState[]): boolean =>
  kind.length > 0 && kind.every(({id}) => ports.some((port) => port.id === id));

function allBelow(
  {ports}: Pick<Inventory, 'ports'>,
  {id}: PortState,
  met = new Set<string>(),
): readonly PortState[] {
  met.add(id);
  return Object.values(ports)
    .filter(({parent, id: own}) => parent === id && !met.has(own))
    .flatMap((port) => [port, ...allBelow({ports}, port, met)]);
}

/** Bridges and bonds above an interface that no other member with a link could serve. */
function mastersOf({ports}: Pick<Inventory, 'ports'>, port: PortState): readonly PortState[] {
  const master = port.parent === null ? undefined : ports[port.parent];
  if (master === undefined || master.kind !== 'virtual' || port.link === null) {
    return [];
  }
  const others = Object.values(ports).filter(
    ({id, parent, link}) => parent === master.id && id !== port.id && link === 'up',
  );
  return others.length > 0 ? [] : [master, ...mastersOf({ports}, master)];
}

const keyboards = (inventory: Wiring): readonly PortState[] =>
  Object.values(inventory.ports).filter(
    (port) =>
      port.state !== 'disabled' &&
      deviceInPort(inventory, port)?.functions.some(
        ({class: made, name}) => made === 'input' && name.includes('keyboard'),
      ) === true,
  );

/** Ports with those whose interfaces stand on theirs: with the card its VLANs are down. */
function withCarried(
  {inventory, users}: HazardView,
  ports: readonly PortState[],
): readonly PortState[] {
  const names = new Set(ports.flatMap(({id}) => users[id]?.carries ?? []));
  return names.size === 0
    ? ports
    : [
        ...ports,
        ...Object.values(inventory.ports).filter(
          (port) =>
            !ports.includes(port) && interfacesOf(inventory, port).some((name) => names.has(name)),
        ),
      ];
}

const interfacesOf = (inventory: Wiring, port: PortState): readonly string[] =>
  (deviceInPort(inventory, port)?.functions ?? []).flatMap(({interface: name}) => name ?? []);

/** The terminal of a serial line is its node; that of a screen is typed at with any keyboard. */
function isWayOf({inventory, users, caller}: HazardView, port: PortState): boolean {
  const carries = users[port.id]?.carries ?? [];
  if (caller.interface !== null && carries.includes(caller.interface)) {
    return true;
  }
  const functions = deviceInPort(inventory, port)?.functions ?? [];
  const node = caller.tty === null ? null : `/dev/${caller.tty.replace(/^\/dev\//, '')}`;
  return functions.some(
    ({interface: name, nodes}) =>
      (name !== null && name === caller.interface) ||
      (node !== null && nodes.some(({path}) => path === node)),
  );
}

function userWords(user: PortUser | undefined): readonly string[] {
  if (user === undefined || user.kind === 'free' || user.kind === 'unknown') {
    return [];
  }
  const name = user.name ?? user.kind;
  return [user.marks.includes('mount') ? `mounted at ${name}` : `${user.kind} ${name}`];
}

/** The ports that something of a kind hangs on, for marks in lists. */
export function portsAtStake(view: HazardView): ReadonlyMap<string, readonly HazardKind[]> {
  const {inventory, users} = view;
  const {ports} = inventory;
  const typed = new Set(keyboards(inventory).map(({id}) => id));
  const holders = Object.values(ports).filter(
    (port) =>
      typed.has(port.id) ||
      hasMark(users[port.id], 'route') ||
      hasMark(users[port.id], 'boot') ||
      isWayOf(view, port),
  );
  const under = holders.flatMap((port) => [port, ...carriersOf(view, port)]);
  const found = new Set(
    under.flatMap((port) => [...allAbove(ports, port), ...membersOf(ports, port)]),
  );
  return new Map(
    [...found].flatMap((port) => {
      const {kinds} = hazardsOf(view, port);
      return kinds.length === 0 ? [] : [[port.id, kinds] as const];
    }),
  );
}

/** What an interface stands on. */
function carriersOf({inventory, users}: HazardView, port: PortState): readonly PortState[] {
  const names = interfacesOf(inventory, port);
  return Object.values(inventory.ports).filter(({id}) =>
    users[id]?.carries?.some((name) => names.includes(name)),
  );
}

function allAbove(ports: Inventory['ports'], port: PortState): readonly PortState[] {
  const met: PortState[] = [];
  for (let at: PortState | undefined = port; at !== undefined && !met.includes(at); ) {
    met.push(at);
    at = at.parent === null ? undefined : ports[at.parent];
  }
  return met;
}

const membersOf = (ports: Inventory['ports'], {id, kind}: PortState): readonly PortState[] =>
  kind === 'virtual' ? Object.values(ports).filter(({parent}) => parent === id) : [];
