import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {
  createBroker,
  createClient,
  type DBusBroker,
  defineInterface,
  type ExportRegistration,
  type MessageBus,
} from 'dbus-native';

import {unitPath} from '#drivers/machined/machines.ts';

/** A machine as machined registers it. */
export interface MadeUpMachine {
  readonly name: string;
  readonly class: string;
  readonly service: string;
  /** Empty: it was registered without one. */
  readonly unit: string;
  readonly leader: number;
  readonly rootDirectory: string;
  readonly state: string;
  /** Milliseconds since 1970. */
  readonly since: number;
  /** Each 4 or 16 bytes; null: it shares the network of the host. */
  readonly addresses: readonly (readonly number[])[] | null;
}

/** A machine as a container of NixOS is registered. */
export const madeUpMachine = (
  name: string,
  fields: Partial<MadeUpMachine> = {},
): MadeUpMachine => ({
  name,
  class: 'container',
  service: 'systemd-nspawn',
  unit: `container@${name}.service`,
  leader: 4242,
  rootDirectory: `/var/lib/${name}`,
  state: 'running',
  since: Date.now(),
  addresses: [[10, 233, 1, 2]],
  ...fields,
});

/** A bus of the test's own, with machined's and systemd's interfaces on it; no process, no root. */
export interface MadeUpMachined {
  readonly address: string;
  /** How often machined was asked for its list. */
  asked(): number;
  /** Its unit comes up; then it runs. */
  run(machine: MadeUpMachine): Promise<void>;
  /** Its unit is being stopped; then it is gone. */
  close(name: string): Promise<void>;
  kill(name: string): Promise<void>;
  /** Its unit is in another state, as systemd tells. */
  setUnit(name: string, activeState: string): void;
  /** Something of its service has changed that is not the unit's state. */
  touchService(name: string): void;
  /** The bus goes, and all connections with it. */
  endBus(): Promise<void>;
  startBus(): Promise<void>;
  /** machined leaves the bus, without a word on what runs. */
  endMachined(): Promise<void>;
  startMachined(): Promise<void>;
  stop(): Promise<void>;
}

const MACHINED = 'org.freedesktop.machine1';
const SYSTEMD = 'org.freedesktop.systemd1';
const PROPERTIES = 'org.freedesktop.DBus.Properties';

interface Running {
  readonly machine: MadeUpMachine;
  activeState: string;
}

/** The services on one life of the bus. */
interface Services {
  readonly client: MessageBus;
  readonly broker: DBusBroker;
  isUp: boolean;
  readonly exported: Map<string, readonly ExportRegistration[]>;
  tell(member: 'MachineNew' | 'MachineRemoved', name: string): void;
}

const machinePath = (name: string): string => `/org/freedesktop/machine1/machine/${name}`;
const value = (type: string, get: () => unknown) => ({type, access: 'read' as const, get});

/** Starts it, with nothing running. `await stop()` afterwards, always. */
export async function createMadeUpMachined(): Promise<MadeUpMachined> {
  const folder = await mkdtemp(join(tmpdir(), 'cim-bus-'));
  const socket = join(folder, 'bus');
  const there = new Map<string, Running>();
  let count = 0;
  const list = () => {
    count += 1;
    const rows = [...there.values()].map(({machine}) => {
      const {name, class: kind, service} = machine;
      return [name, kind, service, machinePath(name)];
    });
    return [['.host', 'host', '', machinePath('_2ehost')], ...rows];
  };
  let services = await startServices(socket, list);
  const setUnit: MadeUpMachined['setUnit'] = (name, activeState) => {
    const running = there.get(name);
    if (running !== undefined && running.machine.unit !== '' && services.isUp) {
      running.activeState = activeState;
      services.client.emitPropertiesChanged(unitPath(running.machine.unit), `${SYSTEMD}.Unit`, {
        ActiveState: activeState,
      });
    }
  };
  const kill = async (name: string): Promise<void> => {
    there.delete(name);
    if (!services.isUp) {
      return;
    }
    for (const registration of services.exported.get(name) ?? []) {
      await registration.remove();
    }
    services.exported.delete(name);
    services.tell('MachineRemoved', name);
  };
  return {
    address: `unix:path=${socket}`,
    asked: () => count,
    async run(machine) {
      const running = {machine, activeState: services.isUp ? 'activating' : 'active'};
      there.set(machine.name, running);
      if (!services.isUp) {
        return;
      }
      services.exported.set(machine.name, await exportMachine(services.client, running));
      services.tell('MachineNew', machine.name);
      setUnit(machine.name, 'active');
    },
    async close(name) {
      setUnit(name, 'deactivating');
      await kill(name);
    },
    kill,
    setUnit,
    touchService(name) {
      const path = unitPath(there.get(name)?.machine.unit ?? '');
      const changed = [`${SYSTEMD}.Service`, {}, ['MainPID']];
      services.client.sendSignal(path, PROPERTIES, 'PropertiesChanged', 'sa{sv}as', changed);
    },
    endBus: () => endServices(services),
    async startBus() {
      services = await startServices(socket, list);
      for (const [name, running] of there) {
        services.exported.set(name, await exportMachine(services.client, running));
      }
    },
    async endMachined() {
      await services.client.releaseName(MACHINED);
    },
    async startMachined() {
      await services.client.ownName(MACHINED);
    },
    async stop() {
      await endServices(services);
      await rm(folder, {recursive: true, force: true});
    },
  };
}

async function startServices(socket: string, list: () => unknown): Promise<Services> {
  const broker = createBroker();
  await new Promise<void>((resolve, reject) => {
    broker.listen({socket}, (error) => (error === null ? resolve() : reject(error)));
  });
  const client = createClient({socket});
  client.connection.on('error', () => {}); // the bus is ended while it is connected
  const manager = defineInterface({
    name: `${MACHINED}.Manager`,
    methods: {ListMachines: {out: {machines: 'a(ssso)'}, handler: list}},
    signals: {
      MachineNew: {args: {machine: 's', path: 'o'}},
      MachineRemoved: {args: {machine: 's', path: 'o'}},
    },
  });
  await client.export('/org/freedesktop/machine1', manager);
  await client.ownName(MACHINED);
  await client.ownName(SYSTEMD);
  return {
    client,
    broker,
    isUp: true,
    exported: new Map(),
    tell: (member, name) => manager.emit[member]?.(name, machinePath(name)),
  };
}

async function endServices(services: Services): Promise<void> {
  services.isUp = false;
  services.client.connection.stream.destroy();
  await new Promise<void>((resolve) => {
    services.broker.close(resolve);
  });
}

async function exportMachine(client: MessageBus, running: Running) {
  const {machine} = running;
  const shown = defineInterface({
    name: `${MACHINED}.Machine`,
    methods: {
      GetAddresses: {out: {addresses: 'a(iay)'}, handler: () => addressesOf(machine)},
    },
    properties: {
      Name: value('s', () => machine.name),
      Class: value('s', () => machine.class),
      Service: value('s', () => machine.service),
      Unit: value('s', () => machine.unit),
      Leader: value('u', () => machine.leader),
      RootDirectory: value('s', () => machine.rootDirectory),
      State: value('s', () => machine.state),
      Timestamp: value('t', () => BigInt(machine.since) * 1000n),
    },
  });
  const unit = defineInterface({
    name: `${SYSTEMD}.Unit`,
    properties: {ActiveState: value('s', () => running.activeState)},
  });
  return [
    await client.export(machinePath(machine.name), shown),
    ...(machine.unit === '' ? [] : [await client.export(unitPath(machine.unit), unit)]),
  ];
}

function addressesOf({addresses}: MadeUpMachine): readonly (readonly [number, Buffer])[] {
  if (addresses === null) {
    throw Object.assign(new Error('it has no network of its own'), {
      dbusName: 'org.freedesktop.machine1.NoPrivateNetworking',
    });
  }
  return addresses.map((bytes) => [bytes.length === 4 ? 2 : 10, Buffer.from(bytes)] as const);
}
