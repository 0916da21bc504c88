import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';

import {parseUmockdev} from '#drivers/recording/umockdev.ts';
import {corpusRecording, createHardwareBench, observe} from '#test/support/hardware.ts';

const RECORDINGS = ['usbkbd', 'canon-camera'] as const;

describe.each(RECORDINGS)('recording %s', (name) => {
  const path = corpusRecording(name);
  const devices = path === undefined ? [] : parseUmockdev(readFileSync(path, 'utf8'));

  test.skipIf(path === undefined)('each function has one class, and no position is shared', () => {
    const {devices: units, ports} = observe(devices);
    expect(units.size).toBeGreaterThan(0);
    for (const [position, {description}] of units) {
      expect(ports.has(position)).toBe(true);
      expect(description.functions.length).toBeGreaterThan(0);
      const ids = description.functions.map(({id}) => id);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  test.skipIf(path === undefined)('is stored, and stored once', async () => {
    const bench = createHardwareBench(devices);
    await bench.start();
    expect(bench.news().length).toBeGreaterThan(0);
    await bench.clock.turn(120_000);
    expect(bench.news()).toEqual([]);
    await bench.watch.stop();
  });
});

test.skipIf(corpusRecording('usbkbd') === undefined)('the keyboard behind three hubs', () => {
  const path = corpusRecording('usbkbd') ?? '';
  const {devices} = observe(parseUmockdev(readFileSync(path, 'utf8')));
  const summary = [...devices.values()].map(({position, description}) => [
    position,
    description.functions.map((each) => `${each.class} ${each.name}`).join(),
  ]);
  expect(summary.toSorted()).toEqual([
    ['0000/1a.0/usb/1', 'usb hub, 6 sockets'],
    ['0000/1a.0/usb/1.5', 'usb hub, 4 sockets'],
    ['0000/1a.0/usb/1.5.4', 'usb hub, 4 sockets'],
    ['0000/1a.0/usb/1.5.4.2', 'input keyboard'],
  ]);
});
