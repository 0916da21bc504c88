import {createLeafClient, type LeafClient} from '#client/leaf-client.ts';
import {createDemoMachine, type DemoMachine} from '#drivers/memory/demo-machine.ts';
import {demoMeter, demoUsage} from '#drivers/memory/demo-usage.ts';
import {
  createMemoryDeviceMonitor,
  type MemoryDeviceMonitor,
} from '#drivers/memory/device-monitor.ts';
import {createMemoryEventStore} from '#drivers/memory/event-store.ts';
import {createMemoryStream} from '#drivers/memory/event-stream.ts';
import {createMemoryBus} from '#drivers/memory-bus/memory-bus.ts';
import {parseUmockdev} from '#drivers/recording/umockdev.ts';
import {createSystemClock} from '#drivers/system/clock.ts';
import {createCodec} from '#drivers/system/codec.ts';
import {createSystemIds} from '#drivers/system/ids.ts';
import {startLeafService} from '#services/leaf/serve.ts';
import {VERSION} from './config.ts';
import type {Reached} from './reach.ts';

const LEAF_ID = 'demo';
const STORE_ID = '00000000-0000-4000-8000-000000000000';
const VISIT_EVERY_MS = 20_000;
const NO_LOG = {info: () => {}, warn: () => {}, error: () => {}};

/** Labels, roles and the person who set them. */
const WISHES: readonly (readonly [string, string, string, Readonly<Record<string, unknown>>])[] = [
  ...Array.from({length: 4}, (_, index) => labelOf(`eth${index}`, `ETH ${index + 1}`)),
  ...Array.from({length: 7}, (_, index) => labelOf(`1-${index + 1}`, `USB ${index + 1}`)),
  labelOf('ttyS0', 'COM 1'),
  labelOf('ttyS1', 'COM 2'),
  ['role', 'bind', 'uplink', {port: 'ETH 1'}],
  ['role', 'bind', 'scanner-gate1', {port: 'USB 1', class: 'serial'}],
  ['role', 'bind', 'scanner-gate2', {port: 'USB 5', class: 'serial'}],
  ['role', 'bind', 'scale', {port: 'USB 6', class: 'serial'}],
  ['leaf', 'label', LEAF_ID, {label: 'gate-cabinet'}],
];

function labelOf(port: string, label: string) {
  return ['port', 'label', port, {label}] as const;
}

/** A made-up leaf in this process, through the same services, without server, root or network. */
export async function openDemo(signal: AbortSignal): Promise<Reached> {
  const machine = createDemoMachine(parseUmockdev);
  const monitor = createMemoryDeviceMonitor(machine.devices, {links: machine.links, hasUdev: true});
  const stream = createMemoryStream({storeId: STORE_ID});
  const store = createMemoryEventStore({leafId: LEAF_ID, stream});
  const clock = createSystemClock();
  const common = {
    bus: createMemoryBus({log: NO_LOG}),
    codec: createCodec(),
    ids: createSystemIds(),
    log: NO_LOG,
    clock,
    store,
  };
  await startLeafService(
    {
      ...common,
      agent: {leafId: LEAF_ID, storeId: STORE_ID, bootId: null, version: VERSION},
      epoch: 1,
      monitor,
      links: monitor.links,
      usage: demoUsage,
      meter: demoMeter,
    },
    signal,
  );
  const client = createLeafClient({
    ...common,
    leafId: LEAF_ID,
    actor: 'anna',
    channel: 'console',
    origin: {kind: 'tty'},
    events: store,
    timeoutMs: 5000,
  });
  await furnish(client);
  const visit = (isThere: boolean): void => {
    (isThere ? leave : come)(monitor, machine);
    const cancel = clock.after(VISIT_EVERY_MS, () => visit(!isThere));
    signal.addEventListener('abort', cancel, {once: true});
  };
  const cancel = clock.after(VISIT_EVERY_MS / 4, () => visit(false));
  signal.addEventListener('abort', cancel, {once: true});
  const url = 'memory:';
  const address = {
    leafId: LEAF_ID,
    url,
    credsPath: null,
    actor: 'anna',
    version: VERSION,
    pid: null,
  };
  return {client, bus: common.bus, url, credsPath: null, address, close: async () => {}};
}

async function furnish(client: LeafClient): Promise<void> {
  for (const [aggregate, verb, target, data] of WISHES) {
    await client.send({aggregate, verb, target, data});
  }
}

const come = (monitor: MemoryDeviceMonitor, {visitor}: DemoMachine): void =>
  monitor.plug(visitor.devices);

const leave = (monitor: MemoryDeviceMonitor, {visitor}: DemoMachine): void =>
  monitor.unplug(visitor.devpath);
