import {z} from 'zod';

import {addressText, sortAddresses} from '#domain/container/address.ts';
import {ContainerClass, type ContainerFact, ContainerState} from '#domain/container/container.ts';
import {answeredError, type SystemBus} from './system-bus.ts';

/** One reading's way to the bus. */
export interface MachineReading {
  readonly bus: SystemBus;
  /** machined ends by itself where nothing runs: whether to start it for the answer. */
  readonly startsService: boolean;
  readonly signal: AbortSignal;
}

/** machined, as its D-Bus interface calls it: org.freedesktop.machine1(5). */
export const MACHINED = {
  destination: 'org.freedesktop.machine1',
  path: '/org/freedesktop/machine1',
  interface: 'org.freedesktop.machine1.Manager',
} as const;

const PROPERTIES = 'org.freedesktop.DBus.Properties';
const SYSTEMD = 'org.freedesktop.systemd1';

const Listed = z.array(z.tuple([z.string(), z.string(), z.string(), z.string()]));
const Machine = z.looseObject({
  Name: z.string(),
  Service: z.string(),
  Unit: z.string(),
  Leader: z.number().int().nonnegative(),
  RootDirectory: z.string(),
  State: z.string(),
  Timestamp: z.bigint().describe('microseconds since 1970'),
});
type Machine = z.infer<typeof Machine>;
const Addresses = z.array(z.tuple([z.number(), z.instanceof(Uint8Array)]));

/** Every container and virtual machine now. The host itself, `.host`, is none. */
export async function readMachines(reading: MachineReading): Promise<readonly ContainerFact[]> {
  const {bus, startsService, signal} = reading;
  const listed = await bus.call({...MACHINED, member: 'ListMachines', startsService}, signal);
  const facts = await Promise.all(
    Listed.parse(listed).map(([, kind, , path]) => readMachine(reading, kind, path)),
  );
  return facts
    .filter((fact) => fact !== undefined)
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** Object path of a unit: what is no letter and no digit is written as its code. */
export const unitPath = (unit: string): string =>
  `/org/freedesktop/systemd1/unit/${Array.from(new TextEncoder().encode(unit), (byte, index) => {
    const character = String.fromCharCode(byte);
    const isPlain = index === 0 ? /[a-z]/i.test(character) : /[a-z0-9]/i.test(character);
    return isPlain ? character : `_${byte.toString(16).padStart(2, '0')}`;
  }).join('')}`;

/** One machine; undefined when it has gone meanwhile, or is none of ours. */
async function readMachine(
  reading: MachineReading,
  kind: string,
  path: string,
): Promise<ContainerFact | undefined> {
  const known = ContainerClass.safeParse(kind);
  const machine = known.success ? await readProperties(reading, path) : undefined;
  if (!known.success || machine === undefined) {
    return undefined;
  }
  const [network, activeState] = await Promise.all([
    readNetwork(reading, path),
    machine.Unit === '' ? undefined : readActiveState(reading, machine.Unit),
  ]);
  return {
    name: machine.Name,
    class: known.data,
    state: stateOf(machine.State, activeState),
    service: machine.Service || null,
    unit: machine.Unit || null,
    leader: machine.Leader || null,
    rootDirectory: machine.RootDirectory || null,
    ...network,
    since: new Date(Number(machine.Timestamp / 1000n)).toISOString(),
  };
}

async function readProperties(
  {bus, signal}: MachineReading,
  path: string,
): Promise<Machine | undefined> {
  try {
    const body = ['org.freedesktop.machine1.Machine'];
    const get = {interface: PROPERTIES, member: 'GetAll', signature: 's', body};
    return Machine.parse(await bus.call({...MACHINED, path, ...get}, signal));
  } catch (error) {
    if (/(UnknownObject|NoSuchMachine)$/.test(answeredError(error) ?? '')) {
      return undefined;
    }
    throw error;
  }
}

async function readNetwork(
  {bus, signal}: MachineReading,
  path: string,
): Promise<Pick<ContainerFact, 'network' | 'addresses'>> {
  try {
    const get = {interface: 'org.freedesktop.machine1.Machine', member: 'GetAddresses'};
    const found = Addresses.parse(await bus.call({...MACHINED, path, ...get}, signal));
    const texts = found.flatMap(([, bytes]) => addressText(bytes) ?? []);
    return {network: 'own', addresses: [...sortAddresses(texts)]};
  } catch (error) {
    const name = answeredError(error);
    if (name === undefined) {
      throw error;
    }
    // Of a virtual machine, and of one that is going, machined cannot say.
    return {network: name.endsWith('.NoPrivateNetworking') ? 'host' : 'unknown', addresses: []};
  }
}

/** What systemd says of the unit; machined hears of a unit's stop only when it is over. */
async function readActiveState(
  {bus, signal}: MachineReading,
  unit: string,
): Promise<string | undefined> {
  try {
    const body = [`${SYSTEMD}.Unit`, 'ActiveState'];
    const get = {interface: PROPERTIES, member: 'Get', signature: 'ss', body};
    const state = await bus.call({destination: SYSTEMD, path: unitPath(unit), ...get}, signal);
    return z.string().parse(state);
  } catch (error) {
    if (answeredError(error) === undefined) {
      throw error;
    }
    return undefined;
  }
}

function stateOf(state: string, activeState: string | undefined): ContainerState {
  if (activeState === 'activating') {
    return 'opening';
  }
  if (activeState === 'deactivating') {
    return 'closing';
  }
  const known = ContainerState.safeParse(state);
  return known.success ? known.data : 'running';
}
