import type {Recording, RecordingStep} from '#contracts/recording.ts';
import type {KernelDevice, LinkFact, Uevent, UeventAction} from '#domain/kernel-device.ts';

import {linkOf, loadFixture} from './hardware.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const SECOND = 1000;
const MINUTE = 60 * SECOND;

const BATTERY =
  '/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/device:1b/PNP0C09:00/PNP0C0A:00/power_supply/BAT0';
const ADAPTER =
  '/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/device:1b/PNP0C09:00/ACPI0003:00/power_supply/AC';
const MOUSE =
  '/devices/pci0000:00/0000:00:14.0/usb1/1-2/1-2:1.0/0003:046D:C548.0001/power_supply/hidpp_battery_0';
const SCREEN = '/devices/pci0000:00/0000:00:02.0/drm/card1/card1-eDP-1/intel_backlight';
const CARD = '/devices/pci0000:00/0000:00:02.0/drm/card1';
const ZONE = '/devices/virtual/thermal/thermal_zone0';
const WIFI: LinkFact = linkOf(3, 'wlp0s20f3', {kind: 'wlan', hasCarrier: true});

type Values = Readonly<Record<string, string>>;

/**
 * A day of a laptop that lies there: its battery is told of every 5 to 30 s, by kernel and udev, its
 * temperature and the battery of its mouse less often, the screen dims and wakes, the wireless link
 * is lost six times, and somebody pulls the charger twice. It is made at test time, after what the
 * kernel's power_supply_sysfs.c, backlight.c, drm_sysfs.c and thermal_core.c put into records, over
 * the tree in laptop.umockdev; the same in every run.
 */
export function makeIdleDay(): Recording {
  const steps = [
    ...every([5 * SECOND, 30 * SECOND], 1, (at, roll) => power(at, BATTERY, batteryAt(at, roll))),
    ...every([10 * MINUTE, 12 * MINUTE], 2, (at, roll) => power(at, MOUSE, mouseAt(at, roll))),
    ...every([50 * SECOND, 70 * SECOND], 3, (at) => told(at, 'change', ZONE, 'thermal', TOO_WARM)),
    ...every([8 * MINUTE, 25 * MINUTE], 4, (at) => told(at, 'change', SCREEN, 'backlight', KEYS)),
    ...every([2 * 60 * MINUTE, 5 * 60 * MINUTE], 5, (at) =>
      told(at, 'change', CARD, 'drm', {
        HOTPLUG: '1',
        DEVTYPE: 'drm_minor',
        DEVNAME: '/dev/dri/card1',
      }),
    ),
    ...[4, 8, 11, 13, 17, 21].flatMap((hour) => lostLink(hour * 60 * MINUTE + 700)),
    ...[9, 15].flatMap((hour) => pulledCharger(hour * 60 * MINUTE)),
  ].toSorted((a, b) => a.atMs - b.atMs);
  return {
    header: {
      kernel: '6.12.48-amd64',
      machine: 'made up',
      startedAt: '2026-11-22T00:00:00.000Z',
      isMasked: true,
      hasUdev: true,
    },
    devices: loadFixture('laptop'),
    links: [WIFI],
    steps: steps.map(numbered),
    endMs: DAY_MS,
  };
}

/** A recording's records over and over until a day is full, as sparse as an idle machine's. */
export function stretchToDay(recording: Recording, isTold: (step: RecordingStep) => boolean) {
  const storm = recording.steps.filter(isTold);
  const before = recording.steps.slice(0, recording.steps.findIndex(isTold));
  const steps = [...before];
  const gapMs = 10 * SECOND;
  for (let atMs = recording.endMs ?? 0; atMs < DAY_MS; atMs += gapMs) {
    const next = storm[(steps.length - before.length) % storm.length];
    if (next !== undefined) steps.push({...next, atMs});
  }
  return {...recording, steps, endMs: DAY_MS};
}

/** Something that comes again and again after a time between two bounds. */
function every(
  [least, most]: readonly [number, number],
  seed: number,
  make: (atMs: number, roll: number) => readonly RecordingStep[],
): readonly RecordingStep[] {
  const steps: RecordingStep[] = [];
  let state = seed;
  for (let atMs = least; atMs < DAY_MS; ) {
    state = (state * 48_271) % 0x7fffffff; // the minimal standard generator: chance that repeats
    steps.push(...make(atMs, state));
    atMs += least + (state % (most - least));
  }
  return steps;
}

/** The kernel's record and udev's, 3 ms later; the first carries what sysfs shows from now on. */
function told(
  atMs: number,
  action: UeventAction,
  devpath: string,
  subsystem: string,
  properties: Values,
  changed: readonly KernelDevice[] = [],
): readonly RecordingStep[] {
  const all = {ACTION: action, DEVPATH: devpath, SUBSYSTEM: subsystem, ...properties};
  const uevent = {action, devpath, subsystem, seqnum: null, properties: all} as const;
  const step = (source: Uevent['source']): RecordingStep => ({
    atMs: source === 'udev' ? atMs + 3 : atMs,
    notice: {kind: 'uevent', uevent: {...uevent, source}},
    changed: source === 'udev' ? [] : changed,
    gone: [],
  });
  return [step('kernel'), step('udev')];
}

const power = (atMs: number, devpath: string, properties: Values): readonly RecordingStep[] =>
  told(atMs, 'change', devpath, 'power_supply', properties, [
    {
      devpath,
      subsystem: 'power_supply',
      devtype: null,
      driver: null,
      node: null,
      links: [],
      ifindex: null,
      properties,
      attributes: {},
      references: {},
      isUdevDone: true,
    },
  ]);

/** A full charge in the night, and up and down at the desk. */
function batteryAt(atMs: number, roll: number): Values {
  const capacity = 60 + Math.round(40 * Math.abs(Math.cos((atMs / DAY_MS) * Math.PI * 3)));
  const full = 52_470_000;
  return {
    POWER_SUPPLY_NAME: 'BAT0',
    POWER_SUPPLY_TYPE: 'Battery',
    POWER_SUPPLY_STATUS: roll % 3 === 0 ? 'Charging' : 'Discharging',
    POWER_SUPPLY_PRESENT: '1',
    POWER_SUPPLY_TECHNOLOGY: 'Li-poly',
    POWER_SUPPLY_CYCLE_COUNT: '211',
    POWER_SUPPLY_VOLTAGE_MIN_DESIGN: '15440000',
    POWER_SUPPLY_VOLTAGE_NOW: String(15_800_000 + (roll % 900_000)),
    POWER_SUPPLY_POWER_NOW: String(3_000_000 + (roll % 2_500_000)),
    POWER_SUPPLY_ENERGY_FULL_DESIGN: '57020000',
    POWER_SUPPLY_ENERGY_FULL: String(full),
    POWER_SUPPLY_ENERGY_NOW: String(Math.round((full * capacity) / 100) - (roll % 90_000)),
    POWER_SUPPLY_CAPACITY: String(capacity),
    POWER_SUPPLY_CAPACITY_LEVEL: capacity === 100 ? 'Full' : 'Normal',
    POWER_SUPPLY_MODEL_NAME: '5B10W51826',
    POWER_SUPPLY_MANUFACTURER: 'SMP',
    POWER_SUPPLY_SERIAL_NUMBER: ' 4182',
  };
}

const mouseAt = (atMs: number, roll: number): Values => ({
  POWER_SUPPLY_NAME: 'hidpp_battery_0',
  POWER_SUPPLY_TYPE: 'Battery',
  POWER_SUPPLY_ONLINE: '1',
  POWER_SUPPLY_STATUS: 'Discharging',
  POWER_SUPPLY_SCOPE: 'Device',
  POWER_SUPPLY_MODEL_NAME: 'MX Master 3S',
  POWER_SUPPLY_MANUFACTURER: 'Logitech',
  POWER_SUPPLY_VOLTAGE_NOW: String(3_700_000 + (roll % 400_000)),
  POWER_SUPPLY_CAPACITY: String(90 - Math.floor((atMs / DAY_MS) * 10)),
});

const TOO_WARM = {NAME: 'x86_pkg_temp', TEMP: '61000', TRIP: '0', EVENT: '0'} as const;
const KEYS = {SOURCE: 'hotkey'} as const;

function lostLink(atMs: number): readonly RecordingStep[] {
  const step = (afterMs: number, hasCarrier: boolean): RecordingStep => ({
    atMs: atMs + afterMs,
    notice: {kind: 'link', link: {...WIFI, hasCarrier}},
    changed: [],
    gone: [],
  });
  return [step(0, false), step(18 * SECOND, true)];
}

const pulledCharger = (atMs: number): readonly RecordingStep[] =>
  ['0', '1'].flatMap((online, index) =>
    power(atMs + index * 40 * MINUTE, ADAPTER, {
      POWER_SUPPLY_NAME: 'AC',
      POWER_SUPPLY_TYPE: 'Mains',
      POWER_SUPPLY_ONLINE: online,
    }),
  );

/** The kernel counts; udev repeats its number. */
function numbered(step: RecordingStep, index: number): RecordingStep {
  if (step.notice.kind !== 'uevent') {
    return step;
  }
  const {uevent} = step.notice;
  const seqnum = 4000 + index - (uevent.source === 'udev' ? 1 : 0);
  const properties = {...uevent.properties, SEQNUM: String(seqnum)};
  return {...step, notice: {kind: 'uevent', uevent: {...uevent, seqnum, properties}}};
}
