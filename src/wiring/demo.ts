import type {LeafClient} from '#client/leaf-client.ts';
import {createDemoContainers} from '#drivers/memory/demo-containers.ts';
import {createDemoMachine, type DemoMachine} from '#drivers/memory/demo-machine.ts';
import {demoMeter, demoUsage} from '#drivers/memory/demo-usage.ts';
import {
  createMemoryDeviceMonitor,
  type MemoryDeviceMonitor,
} from '#drivers/memory/device-monitor.ts';
import {parseUmockdev} from '#drivers/recording/umockdev.ts';
import {createSystemClock} from '#drivers/system/clock.ts';
import {openMemoryLeaf} from './memory-leaf.ts';
import type {Reached} from './reach.ts';

const LEAF_ID = 'demo';
const VISIT_EVERY_MS = 20_000;

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
  const containers = createDemoContainers();
  const monitor = createMemoryDeviceMonitor(machine.devices, {links: machine.links, hasUdev: true});
  const clock = createSystemClock();
  const leaf = await openMemoryLeaf(
    {
      leafId: LEAF_ID,
      actor: 'anna',
      monitor,
      clock,
      usage: demoUsage,
      meter: demoMeter,
      containers: containers.manager,
    },
    signal,
  );
  await furnish(leaf.client);
  const visit = (isThere: boolean): void => {
    (isThere ? leave : come)(monitor, machine);
    (isThere ? containers.startOne : containers.stopOne)();
    const cancel = clock.after(VISIT_EVERY_MS, () => visit(!isThere));
    signal.addEventListener('abort', cancel, {once: true});
  };
  const cancel = clock.after(VISIT_EVERY_MS / 4, () => visit(false));
  signal.addEventListener('abort', cancel, {once: true});
  return leaf;
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
