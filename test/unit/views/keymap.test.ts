import {describe, expect, it} from 'vitest';

import {portRows} from '#projections/port-rows.ts';
import {portDetail} from '#store/ui-store.ts';
import {type BareConsole, createBareConsole} from '#test/support/bare-console.ts';
import {bytesOf as bytesOfKey} from '#test/support/key-rows.ts';
import {SAMPLE_LEAF, SAMPLE_NOW} from '#test/support/sample-events.ts';
import {sampleInventory, sampleUsers} from '#test/support/sample-inventory.ts';
import {jobsWithOneAsking} from '#test/support/sample-jobs.ts';
import {viewOf} from '#views/console.ts';
import {KEYMAP} from '#views/keymap.ts';
import {cursorLine} from '#views/lists.ts';
import {markedId, screenList} from '#views/screen-list.ts';
import {explanationItems} from '#views/why-items.ts';

const bytesOf = (name: string): string => (name === 'text' ? 'x' : bytesOfKey(name));

type Seen = (bare: BareConsole) => unknown;

interface Row {
  /** Bytes that lead there; a moment passes between several. */
  readonly from: string | readonly string[];
  readonly sees: Seen;
  readonly expected: unknown;
}

const row = (from: Row['from'], sees: Seen, expected: unknown): Row => ({from, sees, expected});

const HOUR_MS = 60 * 60 * 1000;
const NEWEST = sampleInventory.sequence;
const moments: Seen = ({outside}) => outside.moments.map((moment) => moment ?? 'now');
const minutes: Seen = ({outside}) => outside.moments.map((moment) => moment?.slice(0, 16));
const overlay: Seen = (bare) => bare.ui().overlay?.kind ?? null;
const screen: Seen = (bare) => bare.ui().screen;
const marked: Seen = ({console}) => markedId(viewOf(console));
const index: Seen = ({console}) => screenList(viewOf(console)).cursor;
const typed: Seen = (bare) => {
  const {overlay: open} = bare.ui();
  return open?.kind === 'prompt' || open?.kind === 'help' ? open.input : null;
};
const top: Seen = ({ui}) => Object(ui().overlay).top ?? null;
const left: Seen = ({ui}) => Object(ui().overlay).left ?? null;
const isFarDown: Seen = (bare) => Number(top(bare)) > 40;
const source: Seen = ({console}) => {
  const {overlay: open} = console.ui.getState();
  if (open?.kind !== 'why' && open?.kind !== 'chain') {
    return null;
  }
  const items = explanationItems(viewOf(console), open);
  return [open.kind, items[cursorLine(items, open)]?.id];
};
const dialogOf = (bare: BareConsole) => {
  const {overlay: open} = bare.ui();
  return open?.kind === 'dialog' ? open : null;
};
const button: Seen = (bare) => dialogOf(bare)?.button ?? null;
const typedLabel: Seen = (bare) => dialogOf(bare)?.input.text ?? null;
const dialogTitle: Seen = (bare) => dialogOf(bare)?.dialog.title ?? null;
const wishes: Seen = ({outside}) =>
  outside.wishes.map(({aggregate, verb, target}) => [aggregate, verb, target]);
const tab: Seen = (bare) => portDetail(bare.ui())?.tab ?? null;
const column: Seen = (bare) => bare.ui().lists.ports.column;

const {jobs, asking: ASKING} = jobsWithOneAsking;
const READ = {inventory: {...sampleInventory, jobs}};

const at = (text: string, caret: number) => ({text, caret});
const [FIRST, SECOND] = portRows(sampleInventory, sampleUsers);
const PORTS_FIRST = FIRST?.id;
const PORTS_SECOND = SECOND?.id;
const whole = (text: string) => at(text, text.length);
/** The question whether the newest event shall be undone. */
const DIALOG = '4U';

/** The question whether the last uplink shall be disabled; two letters of its label are typed. */
const GRAVE = ['2D', 'ab'];

/** Each key of the map, where it holds: what leads there, and what is seen after it. */
const ROWS: Readonly<Record<string, Row>> = {
  'always ctrl-l': row('', ({outside}) => outside.calls, ['redraw']),
  'always ctrl-z': row('', ({outside}) => outside.calls, ['suspend']),
  'always ctrl-c': row('2h', overlay, null),
  'port enter': row('2', (bare) => portDetail(bare.ui())?.portId, PORTS_FIRST),
  'port e': row('2', typed, whole(FIRST?.label ?? '')),
  'port r': row('2', typed, whole(FIRST?.role ?? '')),
  'port i': row('2', (bare) => bare.ui().identify?.portId, PORTS_FIRST),
  'port F': row('2/nothing-here\r', (bare) => bare.ui().answer?.text, 'no port is selected'),
  'port t': row('2', (bare) => bare.ui().showsTree, true),
  'port D': row('2', dialogTitle, `DISABLE ${FIRST?.label}?`),
  'port E': row('2', (bare) => bare.ui().answer?.text, `${FIRST?.label} is not disabled`),
  'port C': row('2', (bare) => bare.ui().answer?.text, 'no change of this port is on trial'),
  'port L': row('2', dialogTitle, `DOWN ${FIRST?.label}?`),
  'port s': row('2', typed, whole(`port set "${FIRST?.label}" --yes --mtu `)),
  'port x': row('2', dialogTitle, `RELEASE ${FIRST?.label}?`),
  'detail enter': row('2\r\t', overlay, 'menu'),
  'detail tab': row('2\r', tab, 'properties'),
  'detail shift-tab': row('2\r', tab, 'history'),
  'detail escape': row('2\r', (bare) => bare.ui().detail, null),
  'events f': row('4', (bare) => bare.ui().eventKinds, 'all'),
  'udev R': row('5', ({outside}) => outside.calls, ['record']),
  'live p': row('4', (bare) => bare.ui().frozenHistory?.length, 33),
  'list enter': row('4', overlay, 'viewer'),
  'list down': row('2', marked, PORTS_SECOND),
  'list j': row('2', marked, PORTS_SECOND),
  'list up': row('2jj', marked, PORTS_SECOND),
  'list k': row('2jj', marked, PORTS_SECOND),
  'list page-down': row('2', index, 10),
  'list page-up': row('2G', index, 0),
  'list home': row('2jj', index, 0),
  'list g': row('2jj', index, 0),
  'list end': row('2', index, 10),
  'list G': row('2', index, 10),
  'list right': row('2', column, 1),
  'list left': row('2\u001b[C\u001b[C', column, 1),
  'list tab': row('', marked, 'now:ports'),
  'list shift-tab': row('\t\t', marked, 'now:ports'),
  'all a': row('2', overlay, 'menu'),
  'all w': row('2', source, ['why', '0:0']),
  'all n': row('', (bare) => portDetail(bare.ui())?.portId, 'usb-14-0-3'),
  'all :': row('', (bare) => [overlay(bare), typed(bare)], ['prompt', at('', 0)]),
  'all /': row('2', (bare) => [overlay(bare), typed(bare)], ['prompt', at('', 0)]),
  'all U': row('4', overlay, 'dialog'),
  'all h': row('', overlay, 'help'),
  'all ?': row('', overlay, 'help'),
  'all q': row('', ({outside}) => outside.quits, [{keepRecording: null}]),
  'all escape': row('2/usb\r', (bare) => bare.ui().lists.ports.filter, ''),
  'all 1': row('2', screen, 'overview'),
  'all f1': row('2', screen, 'overview'),
  'all 2': row('', screen, 'ports'),
  'all f2': row('', screen, 'ports'),
  'all 3': row('', screen, 'containers'),
  'all f3': row('', screen, 'containers'),
  'all 4': row('', screen, 'events'),
  'all f4': row('', screen, 'events'),
  'all 5': row('', screen, 'udev'),
  'all f5': row('', screen, 'udev'),
  'all space': row('2', (bare) => [...bare.ui().lists.ports.marked], [PORTS_FIRST]),
  'all o': row('2', (bare) => bare.ui().lists.ports.sort, {column: 'port', isReversed: false}),
  'all v': row('2', (bare) => bare.ui().showsHidden, true),
  'all [': row('', moments, [String(NEWEST - 1)]),
  'all ]': row('', (bare) => bare.ui().answer?.text, 'this is now'),
  'all {': row('', minutes, [new Date(SAMPLE_NOW - HOUR_MS).toISOString().slice(0, 16)]),
  'all }': row('', moments, ['now']),
  'all @': row('', overlay, 'prompt'),
  'all z': row('2', (bare) => bare.ui().dates, 'other'),
  'all y': row('2', overlay, 'viewer'),
  'all c': row('2', ({outside}) => outside.copies, [FIRST?.label ?? FIRST?.name]),
  'dialog enter': row(DIALOG, overlay, null),
  'dialog tab': row(DIALOG, button, 1),
  'dialog right': row(DIALOG, button, 1),
  'dialog left': row(DIALOG, button, 1),
  'dialog shift-tab': row(DIALOG, button, 1),
  'dialog escape': row(DIALOG, overlay, null),
  'dialog q': row(DIALOG, overlay, null),
  'grave enter': row('2D', overlay, null),
  'grave tab': row('2D', button, 1),
  'grave right': row('2D', button, 1),
  'grave left': row('2D', button, 1),
  'grave shift-tab': row('2D', button, 1),
  'grave escape': row('2D', overlay, null),
  'grave backspace': row(GRAVE, typedLabel, 'a'),
  'grave ctrl-u': row(GRAVE, typedLabel, ''),
  'grave text': row('2D', typedLabel, 'x'),
  'menu enter': row('2a', ({outside}) => outside.passedOn, ['enter']),
  'menu down': row('2a', ({outside}) => outside.passedOn, ['down']),
  'menu j': row('2a', ({outside}) => outside.passedOn, ['down']),
  'menu up': row('2a', ({outside}) => outside.passedOn, ['up']),
  'menu k': row('2a', ({outside}) => outside.passedOn, ['up']),
  'menu escape': row('2/usb\ra', (bare) => [overlay(bare), bare.ui().lists.ports.filter], [
    null,
    'usb',
  ]),
  'menu a': row('2a', overlay, null),
  'menu q': row('2a', (bare) => [overlay(bare), bare.outside.quits], [null, []]),
  'command tab': row(':ro', typed, at('role ', 5)),
  'command up': row(':port list\r:', typed, at('port list', 9)),
  'command down': row(':port list\r:\u001b[A', typed, at('', 0)),
  'prompt enter': row('2/usb', (bare) => [overlay(bare), bare.ui().lists.ports.filter], [
    null,
    'usb',
  ]),
  'prompt escape': row('2/usb', (bare) => [overlay(bare), bare.ui().lists.ports.filter], [
    null,
    '',
  ]),
  'prompt tab': row('2/cl', typed, at('class:', 6)),
  'prompt left': row('2/ab', typed, at('ab', 1)),
  'prompt ctrl-b': row('2/ab', typed, at('ab', 1)),
  'prompt right': row('2/ab\u0001', typed, at('ab', 1)),
  'prompt ctrl-f': row('2/ab\u0001', typed, at('ab', 1)),
  'prompt home': row('2/ab', typed, at('ab', 0)),
  'prompt ctrl-a': row('2/ab', typed, at('ab', 0)),
  'prompt end': row('2/ab\u0001', typed, at('ab', 2)),
  'prompt ctrl-e': row('2/ab\u0001', typed, at('ab', 2)),
  'prompt backspace': row('2/ab', typed, at('a', 1)),
  'prompt delete': row('2/ab\u0001', typed, at('b', 0)),
  'prompt ctrl-d': row('2/ab\u0001', typed, at('b', 0)),
  'prompt ctrl-u': row('2/ab', typed, at('', 0)),
  'prompt ctrl-k': row('2/ab\u0001', typed, at('', 0)),
  'prompt ctrl-w': row('2/one two', typed, at('one ', 4)),
  'prompt alt-backspace': row('2/one two', typed, at('one ', 4)),
  'prompt text': row('2/', (bare) => bare.ui().lists.ports.filter, 'x'),
  'help escape': row('h', overlay, null),
  'help f1': row('h', overlay, null),
  'help down': row('h', top, 1),
  'help up': row('h\u001b[B\u001b[B', top, 1),
  'help page-down': row('h', top, 19),
  'help page-up': row('h\u001b[6~', top, 0),
  'help backspace': row('hab', typed, at('a', 1)),
  'help ctrl-u': row('hab', typed, at('', 0)),
  'help text': row('h', typed, at('x', 1)),
  'viewer escape': row('2y', overlay, null),
  'viewer q': row('2y', overlay, null),
  'viewer enter': row('2y', overlay, null),
  'viewer down': row('2y', top, 1),
  'viewer j': row('2y', top, 1),
  'viewer up': row('2yjj', top, 1),
  'viewer k': row('2yjj', top, 1),
  'viewer page-down': row('2y', top, 19),
  'viewer space': row('2y', top, 19),
  'viewer page-up': row('2y  ', top, 19),
  'viewer right': row('2y', (bare) => Number(left(bare)) > 0, true),
  'viewer left': row('2y\u001b[C', left, 0),
  'viewer home': row('2yG', top, 0),
  'viewer g': row('2yG', top, 0),
  'viewer end': row('2y', isFarDown, true),
  'viewer G': row('2y', isFarDown, true),
  'all b': row('', overlay, 'jobs'),
  'jobs enter': row('b', overlay, 'chain'),
  'jobs C': row('b', dialogTitle, 'CANCEL EVENT VERIFY?'),
  'jobs R': row('bj', wishes, [['job', 'resume', ASKING]]),
  'jobs V': row('b', wishes, [['event', 'verify', SAMPLE_LEAF]]),
  'jobs b': row('b', overlay, null),
  'why enter': row('2w', overlay, 'chain'),
  'chain enter': row('4w', overlay, 'viewer'),
  'chain U': row('4w', overlay, 'dialog'),
  'sources escape': row('2w\r', overlay, 'why'),
  'sources q': row('2w', overlay, null),
  'sources w': row('2w', overlay, null),
  'sources down': row('2w', source, ['why', '0:1']),
  'sources j': row('2w', source, ['why', '0:1']),
  'sources up': row('2wjj', source, ['why', '0:1']),
  'sources k': row('2wjj', source, ['why', '0:1']),
  'sources page-down': row('2w', source, ['why', '6:0']),
  'sources space': row('2w', source, ['why', '6:0']),
  'sources page-up': row('2wG', source, ['why', '6:0']),
  'sources home': row('2wjj', source, ['why', '0:0']),
  'sources g': row('2wjj', source, ['why', '0:0']),
  'sources end': row('2w', source, ['why', '12:0']),
  'sources G': row('2w', source, ['why', '12:0']),
};

const PLUG = {
  sequence: 32,
  portId: 'usb-14-0-3',
  deviceId: 'd-aaaaaaaaae',
  at: SAMPLE_NOW - 12_000,
  fromPortId: null,
};

async function press(key: string, {from, sees}: Row, keymap = KEYMAP): Promise<unknown> {
  const bare = createBareConsole({read: {...READ, plugs: [PLUG]}});
  for (const bytes of [from].flat()) {
    bare.press(bytes);
    await bare.settled();
    bare.time.advance(400);
  }
  // The way there is always open; only the key itself is tried with the other map.
  const tried = createBareConsole({read: {...READ, plugs: [PLUG]}, ui: bare.ui(), keymap});
  tried.time.advance(400);
  tried.press(bytesOf(key));
  await tried.settled();
  return sees(tried);
}

describe('the key map', () => {
  const keys = KEYMAP.flatMap(({scope, keys: names}) => names.map((key) => `${scope} ${key}`));

  it('has each key once in a scope, and a row here for each', () => {
    expect(keys).toEqual([...new Set(keys)]);
    expect(Object.keys(ROWS).sort()).toEqual([...keys].sort());
  });

  it.each(keys)('%s does what the table says, and nothing does without it', async (name) => {
    const [scope = '', key = ''] = name.split(' ');
    const tried = ROWS[name];
    if (tried === undefined) {
      throw new TypeError(`no row for ${name}`);
    }
    expect(await press(key, tried)).toEqual(tried.expected);
    const {action} = KEYMAP.find((item) => item.scope === scope && item.keys.includes(key)) ?? {};
    const without = KEYMAP.map((item) =>
      item.action === action ? {...item, keys: item.keys.filter((other) => other !== key)} : item,
    );
    expect(await press(key, tried, without)).not.toEqual(tried.expected);
  });
});
