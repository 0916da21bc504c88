import {describe, expect, it} from 'vitest';

import {whyChain} from '#domain/event/why.ts';
import {NEVER_READ} from '#domain/port/user.ts';
import type {ReadState} from '#store/read-store.ts';
import type {ScreenId} from '#store/ui-store.ts';
import {createBareConsole} from '#test/support/bare-console.ts';
import {SAMPLE_NOW} from '#test/support/sample-events.ts';
import {sampleInventory, sampleMessages, sampleUsers} from '#test/support/sample-inventory.ts';
import {jobsWithOneAsking} from '#test/support/sample-jobs.ts';
import {type View, viewOf} from '#views/console.ts';
import {screenList} from '#views/screen-list.ts';
import {PORT_COLUMNS} from '#views/screens/ports/columns.ts';
import {portFoot} from '#views/screens/ports/items.ts';
import {type WhyTarget, whyTarget} from '#views/why-target.ts';

// Screens show the local clock.
process.env.TZ = 'UTC';

const READ: Partial<ReadState> = {
  limits: 'no udevd: kernel records only; start systemd-udevd',
  visit: {sequence: 26, at: '2026-11-20T13:00:00.000Z'},
  host: {
    load: 0.42,
    cores: 4,
    memoryUsedBytes: 41,
    memoryBytes: 100,
    diskUsedBytes: 71,
    diskBytes: 100,
    temperatureC: 51,
    seenAt: new Date(SAMPLE_NOW - 20_000).toISOString(),
  },
  users: Object.fromEntries(
    Object.keys(sampleInventory.ports).map((id) => [
      id,
      sampleUsers[id] ?? {...NEVER_READ, seenAt: new Date(SAMPLE_NOW - 1000).toISOString()},
    ]),
  ),
  // What a newer version has written, what cannot be read, and a time without recording need
  // somebody, too.
  inventory: {
    ...sampleInventory,
    readOnly: {'port/usb-14-0-4': 20},
    unreadable: 2,
    jobs: jobsWithOneAsking.jobs,
    leaf: {
      ...sampleInventory.leaf,
      unrecorded: {from: '2026-10-13T12:00:00.000Z', to: '2026-10-13T13:00:00.000Z'},
    },
  },
};

interface Line {
  readonly id: string;
  readonly text: string;
  readonly target: WhyTarget | null;
}

/** Every line of a screen that the cursor can stand on, as drawn, with what `w` asks there. */
function linesOf(screen: ScreenId): readonly Line[] {
  const bare = createBareConsole({read: READ, ui: {screen, showsHidden: true, columns: 300}});
  const view = viewOf(bare.console);
  return screenList(view).items.flatMap(({id, spans}) => {
    if (id === null) {
      return [];
    }
    const {lists} = view.ui;
    const at: View = {
      ...view,
      ui: {...view.ui, lists: {...lists, [screen]: {...lists[screen], cursorId: id}}},
    };
    const row = view.selectors.portRow(view.read, id);
    const foot =
      row === undefined ? [] : portFoot(view, row, view.lists.ports(view.read, view.ui).context);
    const text = [...spans(false), {text: ' '}, ...foot].map((span) => span.text).join('');
    return [{id, text, target: whyTarget(at)}];
  });
}

const readStored = async (sequence: number) =>
  [...sampleMessages, ...jobsWithOneAsking.messages].find(
    (message) => message.sequence === sequence,
  );

/** What is wrong with where a cell is said to be from; nothing when it leads somewhere. */
async function missing(target: WhyTarget | null): Promise<readonly string[]> {
  switch (target?.kind) {
    case undefined:
      return ['nothing to ask'];
    case 'event':
      return (await isThere(target.sequence)) ? [] : [`event ${target.sequence}`];
    case 'cells': {
      const wrong = await Promise.all(
        target.cells.map(async ({title, lines}) => {
          const found = await Promise.all(
            lines.map(async ({origin}) => {
              switch (origin.kind) {
                case 'event':
                  return isThere(origin.sequence);
                case 'live':
                  return origin.seenAt !== null;
                case 'console':
                  return origin.text !== '';
              }
            }),
          );
          return found.length > 0 && found.every(Boolean)
            ? []
            : [`${title}: ${JSON.stringify(lines)}`];
        }),
      );
      return wrong.flat();
    }
  }
}

async function isThere(sequence: number): Promise<boolean> {
  const steps = await whyChain(readStored, sequence);
  return steps.length > 0 && steps.every(({message}) => message !== null);
}

describe.each(['ports', 'overview', 'containers', 'events'] as const)('on %s', (screen) => {
  const all = linesOf(screen);

  it('every line answers w, and each of its cells leads to events or a reading with its age', async () => {
    expect(all.length).toBeGreaterThan(4);
    for (const {id, target} of all) {
      expect(await missing(target), id).toEqual([]);
    }
  });
});

it('w on Ports tells of every column that is drawn, and of sign and foot', () => {
  const rows = linesOf('ports');
  expect(rows).toHaveLength(Object.keys(sampleInventory.ports).length);
  for (const {text, target} of rows) {
    const cells = target?.kind === 'cells' ? target.cells : [];
    expect(cells.map(({title}) => title)).toEqual([
      ...PORT_COLUMNS.map(({title}) => title),
      'sign',
      'position',
      'nodes',
      'ids',
      'driver',
    ]);
    expect(cells.filter((cell) => !text.includes(cell.text))).toEqual([]);
  }
});

it('w on Overview tells of every value that is drawn: nothing is left but names and dots', () => {
  const lines = linesOf('overview').filter(({target}) => target?.kind === 'cells');
  const rest = lines.map(({text, target}) => {
    const cells = target?.kind === 'cells' ? target.cells : [];
    return cells
      .reduce((left, cell) => left.replace(cell.text, ''), text)
      .replaceAll(/[ ·→]+/g, ' ')
      .trim();
  });
  expect([...new Set(rest)]).toEqual([
    '!! port',
    '! port',
    '! events',
    'i events',
    'LIMITED:',
    '',
    'ports',
    'plugged in',
    'containers',
    'uplink',
    'host',
    'events',
    'jobs',
  ]);
});
