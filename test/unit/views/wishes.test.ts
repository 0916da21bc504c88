import {describe, expect, it} from 'vitest';

import {CimError} from '#domain/errors.ts';
import {type BareConsole, createBareConsole} from '#test/support/bare-console.ts';
import {SAMPLE_NOW} from '#test/support/sample-events.ts';
import {sampleInventory} from '#test/support/sample-inventory.ts';

const SEEN = sampleInventory.sequence;
const refused = (code: string, message = 'no', remedy = 'look again') =>
  ({ok: false, id: 'x', code, message, remedy}) as const;

/** On Ports, on the row of this title. */
function onPort(title: string, bare: BareConsole = createBareConsole()): BareConsole {
  bare.press(`2/port:"${title}"\r`);
  return bare;
}

const answerOf = (bare: BareConsole): string => bare.ui().answer?.text ?? '';

describe('a label', () => {
  it('is sent for the port, with what was seen', async () => {
    const bare = onPort('USB 3');
    bare.press('e left\r');
    await bare.settled();
    expect(bare.outside.wishes).toEqual([
      {
        aggregate: 'port',
        verb: 'label',
        target: 'usb-14-0-3',
        data: {label: 'USB 3 left'},
        seen: SEEN,
      },
    ]);
    expect(answerOf(bare)).toContain('labelled USB 3 "USB 3 left" · event 100 · U undoes it');
  });

  it('is taken away by an empty line', async () => {
    const bare = onPort('USB 3');
    bare.press('e\u0015\r');
    await bare.settled();
    expect(bare.outside.wishes[0]?.data).toEqual({label: null});
  });

  it('stays as it was after Esc', async () => {
    const bare = onPort('USB 3');
    bare.press('exyz');
    bare.press('\u001b');
    await bare.settled();
    expect(bare.outside.wishes).toEqual([]);
  });

  it('is asked until the answer is there, and the row says so', async () => {
    const bare = onPort('USB 3');
    bare.press('e!\r');
    expect(bare.ui().pending).toHaveLength(1);
    await bare.settled();
    expect(bare.ui().pending).toEqual([]);
  });

  it('tells a refusal with what to do next', async () => {
    const bare = onPort('USB 3');
    bare.answers.wish = refused('label-taken', 'another port bears this label', 'choose another');
    bare.press('e\u0015USB 1\r');
    await bare.settled();
    expect(bare.ui().answer).toEqual({
      kind: 'refused',
      text: 'another port bears this label; choose another',
    });
  });

  it('tells a failure in one sentence', async () => {
    const bare = onPort('USB 3');
    Object.assign(bare.console.ports, {
      send: () => Promise.reject(new CimError('time-is-up', 'label port: nothing in 5 s')),
    });
    bare.press('ex\r');
    await bare.settled();
    expect(answerOf(bare)).toBe('no answer in time; it may still happen: `cim-tui event list`');
  });

  it('leaves the answer in the footer for 5 s', async () => {
    const bare = onPort('USB 3');
    bare.press('ex\r');
    await bare.settled();
    bare.time.advance(4_900);
    expect(bare.ui().answer).not.toBeNull();
    bare.time.advance(200);
    expect(bare.ui().answer).toBeNull();
  });
});

describe('a role', () => {
  it('is bound to the port', async () => {
    const bare = onPort('USB 3');
    bare.press('rscale\r');
    await bare.settled();
    expect(bare.outside.wishes).toEqual([
      {aggregate: 'role', verb: 'bind', target: 'scale', data: {port: 'usb-14-0-3'}, seen: SEEN},
    ]);
  });

  it('that is held elsewhere is moved only after a question', async () => {
    const bare = onPort('USB 3');
    bare.answers.wish = refused('role-held');
    bare.press('rscanner-gate2\r');
    await bare.settled();
    expect(bare.ui().overlay?.kind).toBe('dialog');
    bare.time.advance(400);
    bare.press('\t\r');
    await bare.settled();
    // It stays the role that it is: for what it was bound to.
    const data = {port: 'usb-14-0-3', class: 'serial', move: true};
    expect(bare.outside.wishes.at(-1)?.data).toEqual(data);
  });

  it('that follows the port already is left as it is', async () => {
    const bare = onPort('USB 1');
    bare.press('r\r');
    await bare.settled();
    expect(bare.outside.wishes).toEqual([]);
    expect(bare.ui().answer?.text).toBe('role scanner-gate1 follows USB 1 already');
  });

  it('is unbound by an empty line, after a question', async () => {
    const bare = onPort('USB 1');
    bare.press('r\u0015\r');
    expect(bare.outside.wishes).toEqual([]);
    bare.time.advance(400);
    bare.press('\t\r');
    await bare.settled();
    expect(bare.outside.wishes).toEqual([
      {aggregate: 'role', verb: 'unbind', target: 'scanner-gate1', data: {}, seen: SEEN},
    ]);
  });

  it('is completed from those that exist', () => {
    const bare = onPort('USB 3');
    bare.press('rsc\t');
    const {overlay} = bare.ui();
    expect(overlay).toMatchObject({
      input: {text: 'scanner-gate'},
      candidates: ['scanner-gate1', 'scanner-gate2'],
    });
  });
});

describe('a question', () => {
  /** br0's bridge is taken out of the picture, so that it may be forgotten. */
  const forgettable = (): BareConsole => {
    const port = sampleInventory.ports['network-br0'];
    if (port === undefined) {
      throw new TypeError('the sample has no br0');
    }
    const ports = {...sampleInventory.ports, [port.id]: {...port, deviceId: null}};
    return onPort('br0', createBareConsole({read: {inventory: {...sampleInventory, ports}}}));
  };

  it('does nothing on Enter, because No is marked', async () => {
    const bare = forgettable();
    bare.press('F');
    bare.time.advance(400);
    bare.press('\r');
    await bare.settled();
    expect(bare.ui().overlay).toBeNull();
    expect(bare.outside.wishes).toEqual([]);
  });

  it('drops keys in its first 300 ms', async () => {
    const bare = forgettable();
    bare.press('F\t\r');
    await bare.settled();
    bare.time.advance(299);
    bare.press('\t\r');
    expect(bare.ui().overlay).toMatchObject({kind: 'dialog', button: 0});
    bare.time.advance(1);
    bare.press('\t\r');
    await bare.settled();
    expect(bare.outside.wishes).toEqual([
      {aggregate: 'port', verb: 'forget', target: 'network-br0', data: {}, seen: SEEN},
    ]);
  });

  it('is not confirmed by a paste', async () => {
    const bare = forgettable();
    bare.press('F');
    bare.time.advance(400);
    bare.press('\u001b[200~\t\r\u001b[201~');
    await bare.settled();
    expect(bare.ui().overlay?.kind).toBe('dialog');
    expect(bare.outside.wishes).toEqual([]);
  });

  it('is not asked of a port in use', () => {
    const bare = onPort('USB 3');
    bare.press('F');
    expect(bare.ui().overlay).toBeNull();
    expect(answerOf(bare)).toBe('USB 3 is in use: unplug it, unbind its role first');
  });
});

describe('undo', () => {
  it('of the marked event', async () => {
    const bare = createBareConsole();
    bare.press('4U');
    bare.time.advance(400);
    bare.press('\t\r');
    await bare.settled();
    expect(bare.outside.wishes).toEqual([
      {aggregate: 'event', verb: 'undo', target: '33', data: {}},
    ]);
  });

  it('elsewhere is of my own last wish', () => {
    const bare = createBareConsole();
    bare.press('U');
    expect(bare.ui().overlay).toMatchObject({dialog: {title: 'UNDO EVENT 33?'}});
  });

  it('refuses what was only seen', () => {
    const bare = createBareConsole();
    bare.press('4kU');
    expect(answerOf(bare)).toMatch(/event 32 cannot be undone/);
  });
});

describe('a console that may change nothing', () => {
  it.each([
    ['READONLY', {isReadonly: true}],
    ['STALE', {connection: {kind: 'stale', since: SAMPLE_NOW} as const}],
    ['not connected yet', {connection: {kind: 'connecting', since: SAMPLE_NOW} as const}],
  ])('answers every change with the reason: %s', async (reason, read) => {
    for (const key of ['e', 'r', 'F', 'U']) {
      const bare = onPort('USB 3', createBareConsole({read}));
      bare.press(key);
      await bare.settled();
      expect(answerOf(bare)).toContain(reason);
      expect(bare.ui().overlay).toBeNull();
    }
  });

  it('sends nothing when it became so while a prompt was open', async () => {
    const bare = onPort('USB 3');
    bare.press('ex');
    bare.readStore.setConnection('stale');
    bare.time.advance(300);
    bare.press('\r');
    await bare.settled();
    expect(bare.outside.wishes).toEqual([]);
    expect(answerOf(bare)).toContain('STALE');
  });
});
