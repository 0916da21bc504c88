import {createLeafClient} from '#client/leaf-client.ts';
import type {Clock} from '#contracts/clock.ts';
import type {ContainerManager} from '#contracts/container-manager.ts';
import type {DeviceMonitor, LinkMonitor} from '#contracts/device-monitor.ts';
import type {HostMeter} from '#contracts/host-meter.ts';
import type {RoleLinks} from '#contracts/role-links.ts';
import type {UsageReader} from '#contracts/usage-reader.ts';
import type {KernelDevice} from '#domain/kernel-device.ts';
import type {StoredMessage} from '#domain/message.ts';
import {createMemoryContainerManager} from '#drivers/memory/container-manager.ts';
import {createMemoryEventStore} from '#drivers/memory/event-store.ts';
import {createMemoryStream} from '#drivers/memory/event-stream.ts';
import {createMemoryInterfaceNames} from '#drivers/memory/interface-names.ts';
import {createMemoryPortControl} from '#drivers/memory/port-control.ts';
import {createMemoryPortLamps} from '#drivers/memory/port-lamps.ts';
import {createMemoryRevertGuard} from '#drivers/memory/revert-guard.ts';
import {createMemoryRoleLinks} from '#drivers/memory/role-links.ts';
import {createMemorySnapshots} from '#drivers/memory/snapshots.ts';
import {createMemoryStateRows} from '#drivers/memory/state-rows.ts';
import {createMemoryBus} from '#drivers/memory-bus/memory-bus.ts';
import {createCodec} from '#drivers/system/codec.ts';
import {createSystemIds} from '#drivers/system/ids.ts';
import {startLeafService} from '#services/leaf/serve.ts';
import {VERSION} from './config.ts';
import type {Reached} from './reach.ts';

export interface MemoryLeafOptions {
  readonly leafId: string;
  readonly actor: string;
  readonly monitor: DeviceMonitor & {
    readonly links: LinkMonitor;
    devices(): readonly KernelDevice[];
  };
  readonly clock: Clock;
  readonly usage: UsageReader;
  readonly meter: HostMeter;
  /** None runs unless told. */
  readonly containers?: ContainerManager;
  /** udevd as far as links go: one over the monitor's devices unless told. */
  readonly roleLinks?: RoleLinks;
  readonly onStored?: (message: StoredMessage) => void;
}

const STORE_ID = '00000000-0000-4000-8000-000000000000';
const NO_LOG = {info: () => {}, warn: () => {}, error: () => {}};

/**
 * A leaf in this process over a machine of data: the same services, and nothing that outlives it.
 * It ends with the signal.
 */
export async function openMemoryLeaf(
  options: MemoryLeafOptions,
  signal: AbortSignal,
): Promise<Reached> {
  const {leafId, actor, monitor} = options;
  const store = createMemoryEventStore({leafId, stream: createMemoryStream({storeId: STORE_ID})});
  const control = createMemoryPortControl();
  const common = {
    lamps: createMemoryPortLamps(),
    containers: createMemoryContainerManager(),
    roleLinks: createMemoryRoleLinks({devices: monitor.devices}),
    interfaceNames: createMemoryInterfaceNames(),
    control,
    guard: createMemoryRevertGuard(options.clock, control),
    routes: {interfaceTo: async () => null},
    ...options,
    bus: createMemoryBus({log: NO_LOG}),
    codec: createCodec(),
    ids: createSystemIds(),
    log: NO_LOG,
    store,
    snapshots: createMemorySnapshots(),
    stateRows: createMemoryStateRows(),
  };
  const agent = {leafId, storeId: STORE_ID, bootId: null, version: VERSION};
  await startLeafService({...common, agent, epoch: 1, links: monitor.links}, signal);
  const client = createLeafClient({
    ...common,
    channel: 'console',
    origin: {kind: 'tty'},
    events: store,
    timeoutMs: 5000,
  });
  const url = 'memory:';
  const address = {leafId, url, credsPath: null, actor, version: VERSION, pid: null};
  return {client, bus: common.bus, url, credsPath: null, address, close: async () => {}};
}
