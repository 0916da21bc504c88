import {readdirSync, readFileSync} from 'node:fs';
import {basename, join} from 'node:path';

import {OTHER_CLASS} from '#devices/classes.ts';
import type {DeviceDescription} from '#domain/device/events.ts';
import type {CimEvent} from '#domain/envelope.ts';
import type {StoredMessage} from '#domain/message.ts';
import {readRecording} from '#drivers/recording/read-recording.ts';

import {playRecording} from '../../../src/wiring/replay.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'fixtures', 'uevents');

/** A device as recordings have shown it. */
interface Shown {
  readonly name: string;
  readonly ids: string;
  readonly classes: string;
  readonly knownBy: string;
  /** What was seen of it: at start, plugged, moved, removed. */
  readonly seen: ReadonlySet<string>;
  readonly files: ReadonlySet<string>;
}

const HEAD = `# Devices that were shown

What this build makes of every recording in test/fixtures/uevents. Written by \`npm run compatibility\`:
no line is typed by hand, and a test holds the page against the recordings. A device that is not here
is seen all the same: the classes of [hardware](hardware.md) go by what the kernel says of it. Yours
is missing? \`cim-tui uevent record --mask FILE\` while you plug it in, and put the file there.
`;

const RECORDED = `
## Recorded on a machine

`;

const WRITTEN = `
## Written by hand
After the kernel's documented layout: no machine was recorded for these. They show what this build
does with such a device, not that there is one.

`;

const TABLE = '| device | ids | functions | known by | seen | in |\n|---|---|---|---|---|---|\n';

/** The page docs/compatibility.md. */
export async function compatibilityList(): Promise<string> {
  const files = readdirSync(FOLDER).toSorted();
  const recorded = await shownIn(files.filter((name) => name.endsWith('.uevents')));
  const written = await shownIn(files.filter((name) => name.endsWith('.umockdev')));
  return [HEAD, RECORDED, TABLE, rows(recorded), WRITTEN, TABLE, rows(written)].join('');
}

const rows = (devices: readonly Shown[]): string =>
  devices
    .map(({name, ids, classes, knownBy, seen, files}) => {
      const cells = [name, ids, classes, knownBy, [...seen].join(', '), [...files].join(', ')];
      return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
    })
    .join('');

async function shownIn(files: readonly string[]): Promise<readonly Shown[]> {
  const shown = new Map<string, Shown>();
  for (const file of files) {
    for (const {description, what} of await unitsIn(file)) {
      const {name, ids, functions, identity} = description;
      const classes = countsOf(functions.map((one) => one.class));
      const key = [name, ids, classes, identity.kind].join('\n');
      const known = shown.get(key);
      shown.set(key, {
        name,
        ids: ids ?? '-',
        classes,
        knownBy: identity.kind,
        seen: new Set([...(known?.seen ?? []), ...what]),
        files: new Set([...(known?.files ?? []), basename(file).replace(/\.\w+$/, '')]),
      });
    }
  }
  return [...shown.values()].toSorted((a, b) => compare(a.name, b.name) || compare(a.ids, b.ids));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A unit of one recording: as it was when all of it had settled, and what was seen of it. */
interface Seen {
  description: Pick<DeviceDescription, 'name' | 'ids' | 'functions' | 'identity'>;
  readonly what: Set<string>;
}

async function unitsIn(file: string): Promise<readonly Seen[]> {
  const recording = readRecording(readFileSync(join(FOLDER, file), 'utf8'));
  const units = new Map<string, Seen>();
  const onStored = (message: StoredMessage): void => {
    if (message.kind === 'event') {
      note(units, message.event);
    }
  };
  await playRecording(recording, {speed: 'max', onStored}, new AbortController().signal);
  return [...units.values()];
}

function note(units: Map<string, Seen>, event: CimEvent): void {
  const known = units.get(event.subject);
  switch (event.type) {
    case 'cim.device.added.v1': {
      const what = event.data.origin === 'plug' ? 'plugged' : 'at start';
      units.set(event.subject, {
        description: event.data,
        what: new Set([...(known?.what ?? []), what]),
      });
      return;
    }
    case 'cim.device.functions-changed.v1':
      // A unit that goes loses its functions one by one: what it was is what counts.
      if (known !== undefined && event.data.functions.some((one) => one.class !== OTHER_CLASS)) {
        known.description = {...known.description, functions: event.data.functions};
      }
      return;
    case 'cim.device.moved.v1':
      known?.what.add('moved');
      return;
    case 'cim.device.removed.v1':
      known?.what.add('removed');
  }
}

/** `serial 3, network`, in the order of their names. */
function countsOf(classes: readonly string[]): string {
  const counts = Map.groupBy(classes, (name) => name);
  return [...counts]
    .map(([name, {length}]) => (length === 1 ? name : `${name} ${length}`))
    .toSorted()
    .join(', ');
}
