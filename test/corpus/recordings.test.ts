import {readdirSync, readFileSync} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import {expect, test} from 'vitest';

import type {StoredMessage} from '#domain/message.ts';
import {readRecording} from '#drivers/recording/read-recording.ts';
import {corpusRecording, observe} from '#test/support/hardware.ts';

import {playRecording} from '../../src/wiring/replay.ts';

const FOLDERS = [
  join(import.meta.dirname, '..', 'fixtures', 'uevents'),
  ...[corpusRecording('usbkbd')].flatMap((path) => (path === undefined ? [] : dirname(path))),
];
const FILES = FOLDERS.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => /\.(?:umockdev|uevents)$/.test(name))
    .map((name) => join(folder, name)),
);

test.each(FILES.map((path) => [basename(path), path]))('%s loads and plays', async (_, path) => {
  const recording = readRecording(readFileSync(path, 'utf8'));
  const stored: StoredMessage[] = [];
  const onStored = (message: StoredMessage): void => void stored.push(message);
  await playRecording(recording, {speed: 'max', onStored}, new AbortController().signal);
  const added = stored.flatMap((message) =>
    message.kind === 'event' && message.event.type === 'cim.device.added.v1'
      ? [message.event.data]
      : [],
  );
  const atStart = added.filter(({origin}) => origin === 'start').map(({position}) => position);
  const {devices} = observe(recording.devices, recording.links);
  expect(atStart.toSorted()).toEqual([...devices.keys()].toSorted());
  expect(stored.every(({kind}) => kind === 'event')).toBe(true);
});

test.skipIf(FOLDERS.length > 1)(
  'the corpus is not here: only our own recordings were played',
  () => {
    expect(FILES.length).toBeGreaterThan(0);
  },
);
