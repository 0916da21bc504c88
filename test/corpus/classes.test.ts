import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import {afterAll, describe, expect, test} from 'vitest';

import {DEVICE_CLASSES, OTHER_CLASS} from '#devices/classes.ts';
import type {DeviceFunction} from '#domain/device/events.ts';
import type {StoredMessage} from '#domain/message.ts';
import {readRecording} from '#drivers/recording/read-recording.ts';
import {facterDevices} from '#test/support/facter-devices.ts';
import {observe} from '#test/support/hardware.ts';

import {playRecording} from '../../src/wiring/replay.ts';

const CORPUS = join(import.meta.dirname, '..', '..', '..', 'shared', 'corpus');
const FIXTURES = join(import.meta.dirname, '..', 'fixtures', 'uevents');

const filesIn = (folder: string, ending: RegExp): readonly [string, string][] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => ending.test(name))
        .map((name) => [basename(name), join(folder, name)])
    : [];

const OURS = filesIn(FIXTURES, /\.(?:umockdev|uevents)$/);
const THEIRS = filesIn(join(CORPUS, 'umockdev'), /\.umockdev$/);
const REPORTS = filesIn(join(CORPUS, 'facter'), /\.json$/);

type Functions = readonly DeviceFunction[];
const NAMES = new Set(DEVICE_CLASSES.map(({name}) => name));
const table = new Map<string, string>();

/** Every unit that was ever there, with the functions that it had last. */
async function unitsOf(path: string): Promise<readonly Functions[]> {
  const units = new Map<string, Functions>();
  const onStored = (message: StoredMessage): void => {
    if (message.kind === 'event' && 'functions' in message.event.data) {
      units.set(message.event.subject, message.event.data.functions);
    }
  };
  const recording = readRecording(readFileSync(path, 'utf8'));
  await playRecording(recording, {speed: 'max', onStored}, new AbortController().signal);
  return [...units.values()];
}

/** `input 2, storage 1`, once it is sure that each function of each unit has its one class. */
function countsOf(file: string, units: readonly Functions[]): string {
  for (const functions of units) {
    expect(functions.filter(({class: name}) => !NAMES.has(name))).toEqual([]);
    expect(new Set(functions.map(({id}) => id)).size).toBe(functions.length);
  }
  const counts = Map.groupBy(units.flat(), ({class: name}) => name);
  const words = [...counts].map(([name, list]) => `${name} ${list.length}`).toSorted();
  table.set(file, words.join(', '));
  return words.join(', ');
}

afterAll(() => {
  const width = Math.max(...[...table.keys()].map((file) => file.length));
  console.log([...table].map(([file, words]) => `${file.padEnd(width)}  ${words}`).join('\n'));
});

/** What those have in them that we have written, or whose every item was looked at. */
const KNOWN: Readonly<Record<string, string>> = {
  'bluetooth-1-6.umockdev': 'bluetooth 1',
  'bridge-carrier.uevents': 'network 3',
  'camera-1-4.umockdev': 'audio 1, video 1',
  'card-reader-1-4.umockdev': 'storage 4',
  'chip-card-1-7.umockdev': 'chip-card 1',
  'clone-1-2.umockdev': 'serial 1',
  'clone-1-3.umockdev': 'serial 1',
  'disk-2-2.4.umockdev': 'storage 1',
  'edge-box.umockdev': 'input 2, network 1, serial 1, storage 2',
  'field-box.umockdev':
    'audio 1, display 1, gpio 1, i2c 1, modem 1, network 1, sensor 2, storage 1',
  'ftdi-1-1.3.umockdev': 'serial 1',
  'ftdi-1-3.umockdev': 'serial 1',
  'laptop.umockdev': 'display 1, input 1, network 1, storage 1',
  'lte-stick-1-3.umockdev': 'modem 1, network 1',
  'printer-1-5.umockdev': 'other 1, printer 1',
  'scanner-1-8.umockdev': 'scanner 1',
  'sound-1-9.umockdev': 'audio 1, input 1',
  'vm-gadget-modem.uevents': 'i2c 1, input 4, network 2, serial 4, storage 2',
  'vm-gadget-reader.uevents': 'i2c 1, input 4, network 1, serial 1, storage 4',
  'vm-gadget-scanner.uevents': 'i2c 1, input 4, network 1, scanner 1, serial 1, storage 2',
  'vm-made-up-drivers.uevents': 'audio 1, i2c 1, input 4, network 1, serial 1, storage 2, video 1',
  'canon-camera.umockdev': 'other 1, usb 3',
  'usbkbd.umockdev': 'input 1, usb 3',
  'arm64-vm.json': 'display 1, input 1, network 1, other 2, storage 2',
  'asus-nas.json': 'audio 2, bluetooth 1, display 1, input 1, network 1, other 3, storage 9, usb 2',
  'dell-r630-server.json': 'display 1, input 2, network 4, other 2, storage 4, usb 3',
  'framework-13-laptop.json':
    'audio 3, bluetooth 1, display 1, input 4, network 2, other 8, serial 1, storage 1, usb 4, video 2',
  'kvm-vm.json': 'display 1, network 1, other 1, storage 4',
  'mini-pc-router.json': 'display 1, input 2, network 9, storage 2, usb 1',
};

describe('each function of a recording has one class', () => {
  test.each([...OURS, ...THEIRS])('%s', async (file, path) => {
    const counts = countsOf(file, await unitsOf(path));
    expect(counts).toBe(KNOWN[file] ?? counts);
  });
});

describe('each function of a report has one class', () => {
  test.each(REPORTS)('%s', (file, path) => {
    const {devices} = observe(facterDevices(readFileSync(path, 'utf8')));
    const units = [...devices.values()].map(({description}) => description.functions);
    const counts = countsOf(file, units);
    expect(units.flat().some(({class: name}) => name !== OTHER_CLASS)).toBe(true);
    expect(counts).toBe(KNOWN[file] ?? counts);
  });
});

test('files that others have made are among them', ({skip}) => {
  if (!existsSync(CORPUS)) skip('the corpus is not here: only our own recordings were read');
  expect(THEIRS.length).toBeGreaterThan(0);
  expect(REPORTS.length).toBeGreaterThan(0);
});
