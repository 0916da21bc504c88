import type {Clock} from '#contracts/clock.ts';
import type {Log} from '#contracts/log.ts';
import type {UsageQuestion, UsageReader} from '#contracts/usage-reader.ts';
import type {DeviceState} from '#domain/device/state.ts';
import type {PortUsers} from '#domain/port/user.ts';
import type {Inventory} from '#projections/inventory.ts';
import {deviceInPort} from '#projections/port-rows.ts';

type Devpaths = ReadonlyMap<string, readonly string[]>;

export interface UserWatchOptions {
  readonly reader: UsageReader;
  readonly clock: Clock;
  readonly log: Log;
  readonly inventory: () => Inventory;
  /** Devpaths of the units that the kernel has now, by position. */
  readonly devpaths: () => Devpaths;
  /** Called when a reading differs from the one before in more than its time. */
  readonly onChange: (users: PortUsers) => void;
  readonly signal: AbortSignal;
}

/** Who uses each port, read live and never stored. */
export interface UserWatch {
  users(): PortUsers;
  start(): void;
  stop(): void;
  /** Reads soon: something was plugged. */
  refresh(): void;
  /** Reads at once; where that cannot be done, what was read last. */
  readNow(): Promise<PortUsers>;
}

/** Everything is read this often even when nothing was plugged. */
const EVERY_MS = 30_000;
/** Several plugs in a row are one reading. */
const SOON_MS = 150;

/** A watch that reads at start, after plugs, and every 30 s. */
export function createUserWatch(options: UserWatchOptions): UserWatch {
  const {reader, clock, log, inventory, devpaths, onChange, signal} = options;
  let users: PortUsers = {};
  let cancel: (() => void) | undefined;
  let isReading = false;
  let isStopped = false;
  let wasAskedMeanwhile = false;
  const plan = (delayMs: number): void => {
    cancel?.();
    if (isStopped || signal.aborted) {
      return;
    }
    cancel = clock.after(delayMs, () => {
      cancel = undefined;
      void read();
    });
  };
  const read = async (): Promise<void> => {
    if (isReading) {
      wasAskedMeanwhile = true;
      return;
    }
    isReading = true;
    try {
      const next = await reader.read(questionsOf(inventory(), devpaths()), signal);
      const isNews = withoutTimes(next) !== withoutTimes(users);
      users = next;
      if (isNews && !isStopped) {
        onChange(users);
      }
    } catch (error) {
      log.error('read who uses the ports', error);
    }
    isReading = false;
    plan(wasAskedMeanwhile ? SOON_MS : EVERY_MS);
    wasAskedMeanwhile = false;
  };
  return {
    users: () => users,
    start: () => plan(0),
    stop() {
      isStopped = true;
      cancel?.();
    },
    refresh: () => plan(SOON_MS),
    async readNow() {
      try {
        return await reader.read(questionsOf(inventory(), devpaths()), signal);
      } catch (error) {
        log.error('read who uses the ports', error);
        return users;
      }
    },
  };
}

/** What to look for, for each port that holds something, or whose interface has gone. */
function questionsOf(inventory: Inventory, devpaths: Devpaths): readonly UsageQuestion[] {
  const gone = goneInterfaces(inventory);
  return Object.values(inventory.ports).flatMap((port) => {
    const device = deviceInPort(inventory, port) ?? gone.get(port.id);
    return device === undefined
      ? []
      : [{portId: port.id, ...partsOf(device), devpaths: devpaths.get(port.position) ?? []}];
  });
}

/** By what a unit is reached. */
export function partsOf({
  functions,
  identity,
  state,
}: DeviceState): Pick<UsageQuestion, 'nodes' | 'interfaces' | 'isAway'> {
  if (state === 'gone') {
    return {nodes: [], interfaces: [], isAway: true};
  }
  const interfaces = functions.flatMap(({interface: name}) => name ?? []);
  const nodes = functions.flatMap((each) =>
    each.interface === null ? each.nodes.map(({path}) => path) : [],
  );
  return {nodes, interfaces, isAway: identity.kind === 'mac' && interfaces.length === 0};
}

/** The network card that was in an empty port last: it may be in a container. */
function goneInterfaces({devices}: Inventory): ReadonlyMap<string, DeviceState> {
  const byPort = new Map<string, DeviceState>();
  for (const device of Object.values(devices)) {
    const {state, identity, portId, sequence} = device;
    const isNewer = sequence > (byPort.get(portId)?.sequence ?? 0);
    if (state === 'gone' && identity.kind === 'mac' && isNewer) {
      byPort.set(portId, device);
    }
  }
  return byPort;
}

const withoutTimes = (users: PortUsers): string =>
  JSON.stringify(Object.entries(users).map(([id, user]) => [id, {...user, seenAt: null}]));
