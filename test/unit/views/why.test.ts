import {afterEach, describe, expect, it} from 'vitest';

import {CimError} from '#domain/errors.ts';
import type {StoredMessage} from '#domain/message.ts';
import type {Overlay} from '#store/overlay.ts';
import {type BareConsole, createBareConsole} from '#test/support/bare-console.ts';
import {sampleMessages} from '#test/support/sample-inventory.ts';
import {viewOf} from '#views/console.ts';
import {eventDetail} from '#views/screens/events/detail.ts';
import {type Explanation, explanationItems} from '#views/why-items.ts';

type Chain = Extract<Overlay, {kind: 'chain'}>;

/** On the row of USB 3, without any event kept here: each has to be read. */
function onUsb3(bare: BareConsole = createBareConsole({read: {history: []}})): BareConsole {
  bare.press('2/port:"USB 3"\r');
  return bare;
}

const explanation = (bare: BareConsole): Explanation => {
  const {overlay} = bare.ui();
  if (overlay?.kind !== 'why' && overlay?.kind !== 'chain') {
    throw new TypeError(`not explained: ${overlay?.kind}`);
  }
  return overlay;
};

/** The lines of the explanation as they stand on screen. */
const lines = (bare: BareConsole): readonly string[] =>
  explanationItems(viewOf(bare.console), explanation(bare)).map((item) =>
    item
      .spans(false)
      .map(({text}) => text)
      .join(''),
  );

const chainOf = (bare: BareConsole): Chain => {
  const overlay = explanation(bare);
  if (overlay.kind !== 'chain') {
    throw new TypeError('no chain');
  }
  return overlay;
};

const released: (() => void)[] = [];
afterEach(() => {
  for (const release of released.splice(0)) {
    release();
  }
});

/** Events that come when they are let. */
function held(bare: BareConsole): () => void {
  const gate = Promise.withResolvers<void>();
  released.push(gate.resolve);
  const read = bare.answers.event;
  bare.answers.event = async (sequence) => {
    await gate.promise;
    return read(sequence);
  };
  return gate.resolve;
}

describe('w on a row', () => {
  it('reads each event that is named once, and tells what it says', async () => {
    const bare = onUsb3();
    bare.press('w');
    await bare.settled();
    expect([...bare.outside.reads].sort()).toEqual([20, 32, 33]);
    expect(lines(bare)).toContain(
      '    now  label                  event 33 of ben: labelled "" → "USB 3"',
    );
  });

  it('reads nothing that the console keeps anyway', async () => {
    const bare = onUsb3(createBareConsole());
    bare.press('w');
    await bare.settled();
    expect(bare.outside.reads).toEqual([]);
    expect(explanation(bare).reading).toEqual({state: 'done', error: null});
  });

  it('says that it reads only when that takes longer than 100 ms', async () => {
    const bare = onUsb3();
    const release = held(bare);
    bare.press('w');
    bare.time.advance(99);
    expect(lines(bare)).not.toContain(' reading…');
    bare.time.advance(2);
    expect(lines(bare)).toContain(' reading…');
    release();
    await bare.settled();
    expect(lines(bare)).not.toContain(' reading…');
  });

  it('tells in a sentence why it cannot read, and what it has stays', async () => {
    const bare = onUsb3();
    bare.answers.event = () => Promise.reject(new CimError('no-agent', 'read'));
    bare.press('w');
    await bare.settled();
    expect(lines(bare)[0]).toBe(' no leaf answers here; start one: `cim-tui serve`');
    expect(lines(bare)).toContain('         label                  event 33');
  });

  it('tells of an event that is not in the store any more', async () => {
    const bare = onUsb3();
    bare.answers.event = async () => undefined;
    bare.press('w');
    await bare.settled();
    expect(lines(bare)).toContain('         label                  event 33: not in the store');
    bare.press('\r');
    await bare.settled();
    expect(lines(bare)[0]).toBe(' this event is not in the store: it was archived or removed');
  });

  it('tells of a reading that there has been none', () => {
    const bare = createBareConsole();
    bare.press('2/br0\rw');
    expect(lines(bare).join('\n')).toMatch(
      /live: \/proc, by the leaf's service layer: not read yet/,
    );
  });

  it('begins at the cell under ← →', () => {
    const bare = onUsb3();
    bare.press('\u001b[C\u001b[C\u001b[Cw');
    expect(explanation(bare).cursorId).toBe('3:0');
  });

  it('is answered where there is no row', () => {
    const bare = createBareConsole();
    bare.press('2/nothing-here\rw');
    expect(bare.ui().overlay).toBeNull();
    expect(bare.ui().answer?.text).toBe('there is no row here');
  });
});

describe('the chain behind a cell', () => {
  it('comes back step by step: event, chain, cells, screen', async () => {
    const bare = onUsb3();
    const kinds: unknown[] = [];
    for (const key of ['w', '\r', '\r', '\u001b', '\u001b', '\u001b']) {
      bare.press(key);
      await bare.settled();
      kinds.push(bare.ui().overlay?.kind ?? null);
    }
    expect(kinds).toEqual(['why', 'chain', 'viewer', 'chain', 'why', null]);
  });

  it('fills the cells also while it lies over them', async () => {
    const bare = onUsb3();
    const release = held(bare);
    bare.press('w\r');
    release();
    await bare.settled();
    expect(chainOf(bare).steps.map(({sequence}) => sequence)).toEqual([33]);
    bare.press('\u001b');
    expect(explanation(bare)).toMatchObject({kind: 'why', reading: {state: 'done'}});
    expect(lines(bare).join('\n')).toContain('event 33 of ben');
  });

  it('of an event of the list is told at once, and U undoes the marked one', async () => {
    const bare = createBareConsole();
    bare.press('4w');
    await bare.settled();
    expect(lines(bare)[0]).toBe(' ben asked for it over console');
    bare.press('U');
    expect(bare.ui().overlay).toMatchObject({kind: 'dialog', dialog: {title: 'UNDO EVENT 33?'}});
  });

  it('leads on to the event that an undo took back, which Events names, too', async () => {
    const undone = sampleMessages.map((message): StoredMessage => {
      const isUndo = message.kind === 'event' && message.sequence === 33;
      return isUndo ? {...message, event: {...message.event, causationsequence: '26'}} : message;
    });
    const bare = createBareConsole({read: {history: undone}});
    bare.press('4');
    const view = viewOf(bare.console);
    const row = view.lists.events(view.read, view.ui).rows.at(-1);
    const detail = row === undefined ? [] : eventDetail(view, row).flat();
    expect(detail.map(({text}) => text).join('')).toContain(', which undoes event 26, chain ');
    bare.press('w');
    await bare.settled();
    expect(chainOf(bare).steps.map(({sequence}) => sequence)).toEqual([33, 26]);
    expect(lines(bare).join(' ').replaceAll(/ +/g, ' ')).toContain(
      'asked by ben over console (says: tty, on tty1), to undo event 26',
    );
  });
});
