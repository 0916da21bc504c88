import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';

import {DEVICE_CLASSES} from '#devices/classes.ts';
import {EVENT_SCHEMAS, type Fact} from '#domain/catalogue.ts';
import type {KernelDevice, LinkFact, Uevent} from '#domain/kernel-device.ts';
import {createMemoryClock, type MemoryClock} from '#drivers/memory/clock.ts';
import {
  createMemoryDeviceMonitor,
  type MemoryDeviceMonitor,
} from '#drivers/memory/device-monitor.ts';
import {createMemoryIds} from '#drivers/memory/ids.ts';
import {parseUmockdev} from '#drivers/recording/umockdev.ts';
import {evolveInventory, type Inventory, initialInventory} from '#projections/inventory.ts';
import type {DeviceCause} from '#services/device/cause.ts';
import {createKernelTable, type KernelTable} from '#services/device/kernel-table.ts';
import type {Observation} from '#services/device/observation.ts';
import {createObserver} from '#services/device/observe.ts';
import {createDeviceWatch} from '#services/device/watch.ts';
import type {DeviceWatch} from '#services/device/watch-contract.ts';
import {recordedFact} from './facts.ts';
import {silentLog} from './silent-log.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const CORPUS = join(ROOT, '..', 'shared', 'corpus', 'umockdev');

/** Kernel devices of a text in test/fixtures/uevents. */
export const loadFixture = (name: string): readonly KernelDevice[] =>
  parseUmockdev(
    readFileSync(join(ROOT, 'test', 'fixtures', 'uevents', `${name}.umockdev`), 'utf8'),
  );

/** Every such text. */
export const FIXTURES: readonly string[] = readdirSync(join(ROOT, 'test', 'fixtures', 'uevents'))
  .filter((name) => name.endsWith('.umockdev'))
  .map((name) => name.slice(0, -'.umockdev'.length))
  .toSorted();

/** Path of a recording that others made, or undefined where the corpus is absent. */
export function corpusRecording(name: string): string | undefined {
  const path = join(CORPUS, `${name}.umockdev`);
  return existsSync(path) ? path : undefined;
}

/** A table of these kernel devices. */
export function tableOf(...devices: readonly (readonly KernelDevice[])[]): KernelTable {
  const table = createKernelTable();
  table.replaceAll(devices.flat());
  return table;
}

/** What a fresh observer makes of kernel devices. */
export const observe = (
  devices: readonly KernelDevice[],
  links: readonly LinkFact[] = [],
): Observation =>
  createObserver(DEVICE_CLASSES)(
    tableOf(devices),
    new Map(links.map((link) => [link.ifindex, link])),
  );

/** A link without speed or bridge, unless told otherwise. */
export const linkOf = (
  ifindex: number,
  name: string,
  fields: Partial<LinkFact> = {},
): LinkFact => ({
  ifindex,
  name,
  kind: null,
  isUp: true,
  hasCarrier: false,
  speedMbps: null,
  master: null,
  ...fields,
});

/** A bridge as the kernel shows it. */
export const bridgeOf = (name: string, ifindex: number): KernelDevice => ({
  devpath: `/devices/virtual/net/${name}`,
  subsystem: 'net',
  devtype: 'bridge',
  driver: null,
  node: null,
  links: [],
  ifindex,
  properties: {INTERFACE: name, IFINDEX: String(ifindex), DEVTYPE: 'bridge', SUBSYSTEM: 'net'},
  attributes: {type: '1', addr_assign_type: '3'},
  references: {},
  isUdevDone: false,
});

/** The inventory after more facts, each checked against its schema first. */
export function applyFacts(inventory: Inventory, facts: readonly Fact[]): Inventory {
  return facts.reduce((before, fact) => {
    EVENT_SCHEMAS[fact.type].parse(fact.data);
    return evolveInventory(before, {
      kind: 'event',
      ...recordedFact(before.sequence + 1, fact),
    });
  }, inventory);
}

/** A leaf that knows its id and nothing else. */
export const emptyLeaf: Inventory = {
  ...initialInventory,
  leaf: {...initialInventory.leaf, leafId: 'bench'},
};

/** A watch over a machine of data, storing into a list. */
export interface HardwareBench {
  readonly monitor: MemoryDeviceMonitor;
  readonly clock: MemoryClock;
  readonly watch: DeviceWatch;
  readonly raw: readonly Uevent[];
  readonly causes: readonly DeviceCause[];
  inventory(): Inventory;
  /** Facts stored since the last time this was asked. */
  news(): readonly Fact[];
  /** Somebody's wish changes the stored state. */
  decide(facts: readonly Fact[]): void;
  /** The store refuses so many times from now on. */
  refuse(times: number): void;
  start(): Promise<void>;
}

/** A bench over kernel devices and links; `start` has not been called. */
export function createHardwareBench(
  devices: readonly KernelDevice[],
  links: readonly LinkFact[] = [],
  inventory: Inventory = emptyLeaf,
  hasUdev = false,
): HardwareBench {
  const clock = createMemoryClock();
  const monitor = createMemoryDeviceMonitor(devices, {links, hasUdev});
  const raw: Uevent[] = [];
  const causes: DeviceCause[] = [];
  const startedBy = {sequence: 1, id: 'event-1', correlationid: 'c'};
  let state = inventory;
  let fresh: Fact[] = [];
  let refusals = 0;
  const watch = createDeviceWatch({
    monitor,
    links: monitor.links,
    clock,
    ids: createMemoryIds(),
    log: silentLog,
    async record(decide, cause) {
      if (refusals > 0) {
        refusals -= 1;
        throw new Error('the store is away');
      }
      const facts = decide(state);
      state = applyFacts(state, facts);
      fresh.push(...facts);
      if (facts.length === 0) {
        return undefined;
      }
      causes.push(cause);
      return {sequence: state.sequence, id: `event-${state.sequence}`, correlationid: 'c'};
    },
    startedBy,
    onRaw: (uevent) => raw.push(uevent),
  });
  return {
    monitor,
    clock,
    watch,
    raw,
    causes,
    inventory: () => state,
    news() {
      const facts = fresh;
      fresh = [];
      return facts;
    },
    decide(facts) {
      state = applyFacts(state, facts);
    },
    refuse(times) {
      refusals = times;
    },
    start: () => watch.start(new AbortController().signal),
  };
}

/** A bench whose first picture is stored. */
export async function startHardwareBench(
  ...args: Parameters<typeof createHardwareBench>
): Promise<HardwareBench> {
  const bench = createHardwareBench(...args);
  await bench.start();
  await bench.clock.turn(0);
  return bench;
}

/** Types of facts as people say them: `device.added`. */
export const typeWords = (facts: readonly Fact[]): readonly string[] =>
  facts.map(({type}) => type.slice(4, -3));
