import {readdirSync, readFileSync} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import {expect, test} from 'vitest';

import type {StoredMessage} from '#domain/message.ts';
import {readRecording} from '#drivers/recording/read-recording.ts';
import {corpusRecording, observe} from '#test/support/hardware.ts';

import {playRecording} from '../../src/wiring/replay.ts';

const FIXTURES = join(import.meta.dirname, '..', 'fixtures', 'uevents');
const FOLDERS = [
  FIXTURES,
  ...[corpusRecording('usbkbd')].flatMap((path) => (path === undefined ? [] : dirname(path))),
];
const FILES = FOLDERS.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => /\.(?:umockdev|uevents)$/.test(name))
    .map((name) => join(folder, name)),
);

async function played(path: string) {
  const recording = readRecording(readFileSync(path, 'utf8'));
  const stored: StoredMessage[] = [];
  const onStored = (message: StoredMessage): void => void stored.push(message);
  await playRecording(recording, {speed: 'max', onStored}, new AbortController().signal);
  const events = stored.flatMap((message) => (message.kind === 'event' ? message.event : []));
  expect(events).toHaveLength(stored.length);
  return {recording, events};
}

test.each(FILES.map((path) => [basename(path), path]))('%s loads and plays', async (_, path) => {
  const {recording, events} = await played(path);
  const added = events.flatMap(({type, data}) => (type === 'cim.device.added.v1' ? data : []));
  const atStart = added.filter(({origin}) => origin === 'start').map(({position}) => position);
  const {devices} = observe(recording.devices, recording.links);
  expect(atStart.toSorted()).toEqual([...devices.keys()].toSorted());
});

test('a bridge whose member lost its carrier, and one that was renamed', async () => {
  const {events} = await played(join(FIXTURES, 'bridge-carrier.uevents'));
  const story = events.slice(2).map((event) => {
    switch (event.type) {
      case 'cim.device.added.v1':
      case 'cim.device.removed.v1':
        return `${event.type.slice(11, -3)} ${event.data.portId}`;
      case 'cim.port.changed.v1':
        return `${event.data.link} ${event.subject}`;
      default:
        return event.type;
    }
  });
  expect(story).toEqual([
    'added network-br0',
    'up network-br0',
    'down network-br0',
    'up network-br0',
    'added network-br1',
    'removed network-br1',
    'added network-office',
    'down network-br0',
    'removed network-office',
    'removed network-br0',
  ]);
});

test('recordings that others have made are among them', ({skip}) => {
  if (FOLDERS.length === 1) skip('the corpus is not here: only our own recordings were played');
  expect(FILES.length).toBeGreaterThan(readdirSync(FOLDERS[0] ?? '').length);
});
