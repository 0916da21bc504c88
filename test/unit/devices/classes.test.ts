import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';

import {DeviceClass, deviceClassJsonSchema} from '#devices/class.ts';
import {DEVICE_CLASSES} from '#devices/classes.ts';
import {classify} from '#devices/classify.ts';
import {DESCRIBERS} from '#devices/word-list.ts';
import type {DeviceFunction} from '#domain/device/events.ts';
import type {KernelDevice} from '#domain/kernel-device.ts';
import {FIXTURES, loadFixture, observe} from '#test/support/hardware.ts';

const FOLDER = join(import.meta.dirname, '..', '..', '..', 'src', 'devices');

const PAGE = readFileSync(join(FOLDER, '..', '..', 'docs', 'hardware.md'), 'utf8');

const foldersWith = (file: string): readonly string[] =>
  readdirSync(FOLDER, {recursive: true, encoding: 'utf8'})
    .filter((path) => path.endsWith(`/${file}`))
    .map((path) => path.slice(0, path.lastIndexOf('/')))
    .toSorted();

const priorityOf = (name: string): number =>
  DEVICE_CLASSES.find((each) => each.name === name)?.priority ?? Number.NaN;

describe('the list of classes', () => {
  test('has every folder: else `npm run classes`', () => {
    expect(DEVICE_CLASSES.map(({name}) => name).toSorted()).toEqual(foldersWith('class.json'));
    expect(Object.keys(DESCRIBERS).toSorted()).toEqual(foldersWith('describe.ts'));
  });

  test('has its schema on file, for editors and Nix', () => {
    const file = readFileSync(join(FOLDER, 'class.schema.json'), 'utf8');
    expect(JSON.parse(file)).toEqual(JSON.parse(JSON.stringify(deviceClassJsonSchema())));
  });

  test('leaves no doubt which class takes what two match', () => {
    const priorities = DEVICE_CLASSES.map(({priority}) => priority);
    expect(new Set(priorities).size).toBe(priorities.length);
  });

  test.each([
    ['usb', 'display'],
    ['display', 'i2c'],
    ['modem', 'serial'],
    ['modem', 'network'],
    ['video', 'audio'],
    ['video', 'input'],
    ['audio', 'input'],
    ['scanner', 'input'],
    ['network', 'storage'],
    ['input', 'serial'],
  ])('%s goes before %s', (first, second) => {
    expect(priorityOf(first)).toBeGreaterThan(priorityOf(second));
  });

  test('stands in docs/hardware.md in the order in which they choose', () => {
    const rows = [...PAGE.matchAll(/^\| ([a-z][a-z0-9-]*) \|/gm)].map(([, name = '']) => name);
    const told = rows.filter((name) => name !== 'class');
    expect(told.length).toBeGreaterThan(0);
    expect(told).toEqual(told.toSorted((a, b) => priorityOf(b) - priorityOf(a)));
    expect(told.filter((name) => Number.isNaN(priorityOf(name)))).toEqual([]);
  });

  test('has what stands alone behind all that does not, and other behind everything', () => {
    const isModest = ({match}: (typeof DEVICE_CLASSES)[number]) =>
      match.some(({alone}) => alone === true);
    const modest = DEVICE_CLASSES.filter(isModest).map(({priority}) => priority);
    const rest = DEVICE_CLASSES.filter((each) => !isModest(each) && each.name !== 'other');
    expect(modest.length).toBeGreaterThan(0);
    expect(Math.max(...modest)).toBeLessThan(Math.min(...rest.map(({priority}) => priority)));
    expect(Math.min(...modest)).toBeGreaterThan(priorityOf('other'));
  });
});

const functionsIn = (position: string, ...names: readonly string[]): readonly DeviceFunction[] =>
  observe(names.flatMap(loadFixture)).devices.get(position)?.description.functions ?? [];

test.each([
  ['printer-1-5', '0000/14.0/usb/5', ['printer :1.0 out', 'other :1.2 both']],
  ['bluetooth-1-6', '0000/14.0/usb/6', ['bluetooth :1.0 both']],
  ['chip-card-1-7', '0000/14.0/usb/7', ['chip-card :1.0 both']],
  ['scanner-1-8', '0000/14.0/usb/8', ['scanner :1.0 in']],
  ['sound-1-9', '0000/14.0/usb/9', ['audio :1.0 out', 'input :1.3 in']],
  ['camera-1-4', '0000/14.0/usb/4', ['video :1.0 in', 'audio :1.2 in']],
  ['field-box', '0000/02.0', ['display  out']],
  ['field-box', '0000/1f.3', ['audio  both']],
  ['field-box', '0000/1f.4', ['i2c /i2c@SMBus-I801-adapter-at-efa0 both']],
  ['field-box', '0000/1f.4/i2c@SMBus-I801-adapter-at-efa0/0048', ['sensor  in']],
  ['field-box', '0000/1b.0/00.0', ['storage /ns1 both']],
  ['field-box', '0000/1c.4/00.0', ['modem  both', 'network /mhi0 both']],
  ['field-box', 'INTC1057', ['gpio  both']],
  ['field-box', 'coretemp.0', ['sensor  in']],
  ['field-box', 'PNP0C0A', []],
])('%s, %s: %j', (fixture, position, functions) => {
  expect(
    functionsIn(position, fixture).map(
      ({class: name, id, direction}) => `${name} ${id} ${direction}`,
    ),
  ).toEqual(functions);
});

test.each([
  [
    'printer-1-5',
    '0000/14.0/usb/5',
    ['usb /dev/bus/usb/001/020', 'printer /dev/usb/lp0', 'printer /dev/usb/lp1'],
  ],
  ['bluetooth-1-6', '0000/14.0/usb/6', ['usb /dev/bus/usb/001/021']],
  ['chip-card-1-7', '0000/14.0/usb/7', ['usb /dev/bus/usb/001/022']],
  ['scanner-1-8', '0000/14.0/usb/8', ['hidraw /dev/hidraw3', 'event /dev/input/event17']],
  [
    'sound-1-9',
    '0000/14.0/usb/9',
    ['control /dev/snd/controlC2', 'playback /dev/snd/pcmC2D0p', 'event /dev/input/event18'],
  ],
  [
    'field-box',
    '0000/02.0',
    ['card /dev/dri/card0', 'render /dev/dri/renderD128', 'framebuffer /dev/fb0'],
  ],
  ['field-box', '0000/1f.4', ['i2c /dev/i2c-0']],
  ['field-box', 'INTC1057', ['gpiochip /dev/gpiochip0']],
  ['field-box', '0000/1f.4/i2c@SMBus-I801-adapter-at-efa0/0048', ['iio /dev/iio:device0']],
])('nodes of %s, %s: %j', (fixture, position, nodes) => {
  expect(
    functionsIn(position, fixture).flatMap((each) =>
      each.nodes.map(({path, as}) => `${as} ${path}`),
    ),
  ).toEqual(nodes);
});

test('the class that docs/hardware.md adds as an example takes its device and no other', () => {
  const example = DeviceClass.parse(JSON.parse(/```json\n(.*?)```/s.exec(PAGE)?.[1] ?? ''));
  expect(DEVICE_CLASSES.map(({priority}) => priority)).not.toContain(example.priority);
  const classes = [...DEVICE_CLASSES, example];
  const dial = loadFixture('ftdi-1-3').map((device) =>
    device.subsystem === 'tty' ? {...device, subsystem: 'dial'} : device,
  );
  expect(classify(dial, classes).map((found) => found.class.name)).toEqual(['dial']);
  for (const devices of FIXTURES.map(loadFixture)) {
    expect(classify(devices, classes)).toEqual(classify(devices, DEVICE_CLASSES));
  }
});

test('screens are sockets of their card, present while something is connected', () => {
  const {ports} = observe(loadFixture('field-box'));
  const screens = [...ports.values()].filter(({parent}) => parent === '0000/02.0');
  expect(
    screens.map(({name, kind, class: made, state, direction}) => [
      name,
      kind,
      made,
      state,
      direction,
    ]),
  ).toEqual([
    ['DP-1', 'socket', 'display', 'absent', 'out'],
    ['HDMI-A-1', 'socket', 'display', 'present', 'out'],
    ['eDP-1', 'fixed', 'display', 'present', 'out'],
  ]);
});

describe('what stands alone', () => {
  const [unit, part, ...line] = loadFixture('ftdi-1-3');
  const below = (name: string, subsystem: string): readonly KernelDevice[] =>
    [part].flatMap((device) =>
      device === undefined
        ? []
        : {...device, devpath: `${device.devpath}/${name}`, subsystem, devtype: null},
    );
  const classesIn = (...devices: readonly (KernelDevice | undefined)[]) =>
    classify(
      devices.flatMap((device) => device ?? []),
      DEVICE_CLASSES,
    ).map((found) => found.class.name);
  const lines = below('gpiochip1', 'gpio');
  const bus = below('i2c-7', 'i2c');

  test('is part of something better: the lines of a serial adapter', () => {
    expect(classesIn(unit, part, ...line, ...lines)).toEqual(['serial']);
  });

  test('does not stand in the way of its like: lines and a bus in one unit', () => {
    expect(classesIn(unit, part, ...lines, ...bus)).toEqual(['gpio', 'i2c']);
  });
});

test('a sensor is called as its unit, whose number does not depend on others', () => {
  const {ports} = observe(loadFixture('field-box'));
  expect(ports.get('coretemp.0')?.name).toBe('coretemp.0');
});

describe('classify', () => {
  const MACHINES = FIXTURES.map((name) => loadFixture(name));

  test('gives each kernel device to one function at most, and each unit one at least', () => {
    fc.assert(
      fc.property(fc.constantFrom(...MACHINES), fc.func(fc.boolean()), (devices, isKept) => {
        const members = devices.filter(({devpath}) => isKept(devpath));
        const parts = classify(members, DEVICE_CLASSES).flatMap((found) => found.members);
        expect(new Set(parts).size).toBe(parts.length);
        expect(parts.length > 0).toBe(members.length > 0);
      }),
    );
  });

  test('does not ask in which order the classes are listed', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...MACHINES),
        fc.shuffledSubarray([...DEVICE_CLASSES], {minLength: DEVICE_CLASSES.length}),
        (devices, classes) => {
          expect(classify(devices, classes)).toEqual(classify(devices, DEVICE_CLASSES));
        },
      ),
    );
  });
});

test('the order in which kernel devices are read does not matter', () => {
  fc.assert(
    fc.property(fc.constantFrom(...FIXTURES), fc.infiniteStream(fc.nat()), (name, keys) => {
      const devices = loadFixture(name);
      const order = [...keys.take(devices.length)];
      const shuffled = devices
        .map((device, index) => ({device, key: order[index] ?? 0}))
        .toSorted((a, b) => a.key - b.key)
        .map(({device}) => device);
      const [before, after] = [observe(devices), observe(shuffled)];
      expect(sorted(after.devices)).toEqual(sorted(before.devices));
      expect(sorted(after.ports)).toEqual(sorted(before.ports));
    }),
  );
});

const sorted = <T>(map: ReadonlyMap<string, T>): readonly (readonly [string, T])[] =>
  [...map].toSorted(([a], [b]) => (a < b ? -1 : 1));
