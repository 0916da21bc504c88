import {describe, expect, it} from 'vitest';

import {foldInventory, initialInventory} from '#projections/inventory.ts';
import {changeRefusal} from '#store/change-refusal.ts';
import {appendHistory} from '#store/history.ts';
import {createReadStore, type ReadState} from '#store/read-store.ts';
import {createFakeTime} from '#test/support/fake-time.ts';
import {SAMPLE_NOW, sampleDevice, sampleMessage, samplePort} from '#test/support/sample-events.ts';
import {sampleInventory, sampleMessages} from '#test/support/sample-inventory.ts';

const PORT = samplePort({id: 'usb-9', position: '0000/14.0/usb/9'});

const plug = (sequence: number, ago: number, origin: 'plug' | 'start' = 'plug', port = PORT) =>
  sampleMessage(sequence, {
    type: 'cim.device.added.v1',
    subject: 'd-zzzzzzzzzz',
    data: sampleDevice(port, {name: 'Thing', class: 'serial'}, origin),
    ago,
  });

const HOST = {
  load: 0.5,
  cores: 2,
  memoryUsedBytes: 1,
  memoryBytes: 4,
  diskUsedBytes: 1,
  diskBytes: 4,
  temperatureC: null,
  seenAt: '2026-11-22T16:00:00.000Z',
};

function setUp(initial: Partial<ReadState> = {}) {
  const time = createFakeTime(SAMPLE_NOW);
  const readStore = createReadStore({
    now: time.now,
    schedule: time.schedule,
    isOutputBlocked: () => false,
    initial: {actor: 'ben', leafId: 'l', ...initial},
  });
  return {time, readStore, state: () => readStore.store.getState()};
}

describe('the picture', () => {
  it('shows a change a moment after it came, not at once', () => {
    const {time, readStore, state} = setUp();
    readStore.apply(sampleMessages);
    expect(state().inventory.sequence).toBe(0);
    expect(readStore.newest().inventory.sequence).toBe(sampleMessages.length);
    time.advance(16);
    expect(state().inventory).toEqual(sampleInventory);
  });

  it('folds only what is newer than the snapshot, and keeps the rest as history', () => {
    const {time, readStore, state} = setUp();
    readStore.replaceSnapshot(foldInventory(initialInventory, sampleMessages.slice(0, 20)));
    readStore.apply(sampleMessages);
    time.advance(16);
    expect(state().inventory).toEqual(sampleInventory);
    expect(state().history).toHaveLength(sampleMessages.length);
  });

  it('shows the past while what is told goes on, and then all of that', () => {
    const {time, readStore, state} = setUp();
    readStore.replaceSnapshot(foldInventory(initialInventory, sampleMessages.slice(0, 20)));
    readStore.apply(sampleMessages.slice(0, 20));
    readStore.showPast(foldInventory(initialInventory, sampleMessages.slice(0, 7)));
    time.advance(16);
    expect(state()).toMatchObject({
      inventory: {sequence: 7},
      past: {
        sequence: 7,
        time: sampleMessages[6]?.kind === 'event' && sampleMessages[6].event.time,
      },
      containers: {limit: {refused: 'not-kept'}},
      users: {},
    });
    expect(state().history.map(({sequence}) => sequence)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(changeRefusal(readStore.newest())).toBe('console-past');
    readStore.apply(sampleMessages);
    time.advance(1000);
    expect(state().inventory.sequence).toBe(7);
    expect(state().past?.later).toHaveLength(sampleMessages.length - 7);
    readStore.showPast(null);
    time.advance(1000);
    expect(state().past).toBe(null);
    expect(state().inventory).toEqual(sampleInventory);
  });

  it('takes a message once however often it comes', () => {
    const {time, readStore, state} = setUp();
    readStore.apply(sampleMessages);
    readStore.apply(sampleMessages.slice(-5));
    time.advance(16);
    expect(state().history).toHaveLength(sampleMessages.length);
    expect(state().inventory).toEqual(sampleInventory);
  });

  it('tells since when the connection is as it is', () => {
    const {time, readStore, state} = setUp();
    time.advance(5_000);
    readStore.setConnection('stale');
    time.advance(3_000);
    readStore.setConnection('stale');
    time.advance(16);
    expect(state().connection).toEqual({kind: 'stale', since: SAMPLE_NOW + 5_000});
  });

  it('has how the machine is wait for a fact, and no longer than a fifth of a second', () => {
    const {time, readStore, state} = setUp();
    readStore.setHost(HOST);
    time.advance(199);
    expect(state().host).toBe(null);
    time.advance(1);
    expect(state().host).toEqual(HOST);
    time.advance(2000);
    const fuller = {...HOST, memoryUsedBytes: 2};
    readStore.setHost(fuller);
    readStore.apply(sampleMessages);
    time.advance(16);
    expect(state()).toMatchObject({host: fuller, inventory: {sequence: sampleMessages.length}});
  });

  it('writes nothing when it is told what it knows', () => {
    const {time, readStore, state} = setUp({limits: 'no udevd'});
    const before = state();
    readStore.set({limits: 'no udevd'});
    expect(time.waiting()).toBe(0);
    expect(state()).toBe(before);
  });
});

describe('the history', () => {
  const many = Array.from({length: 1_500}, (_, index) => plug(index + 1, 0));

  it('keeps the newest thousand, oldest first', () => {
    const history = appendHistory(appendHistory([], many.slice(0, 700)), many.slice(700));
    expect(history).toHaveLength(1_000);
    expect(history[0]?.sequence).toBe(501);
    expect(history.at(-1)?.sequence).toBe(1_500);
  });

  it('claims nothing across a hole', () => {
    const history = appendHistory(many.slice(0, 10), many.slice(20, 25));
    expect(history.map(({sequence}) => sequence)).toEqual([21, 22, 23, 24, 25]);
  });
});

describe('uevents', () => {
  const uevent = {
    source: 'kernel',
    action: 'add',
    devpath: '/devices/x',
    subsystem: 'net',
    seqnum: 1,
    properties: {},
  } as const;

  it('keeps the newest five hundred and counts all', () => {
    const {time, readStore, state} = setUp();
    readStore.pushUevents(Array.from({length: 700}, () => uevent));
    time.advance(200);
    expect(state().uevents).toHaveLength(500);
    expect(state().uevents.at(-1)?.number).toBe(700);
    expect(state().ueventCount).toBe(700);
  });
});

describe('the plug banner', () => {
  it.each([
    ['a plug now', plug(1, 1), 1],
    ['what was there at the start', plug(1, 1, 'start'), 0],
    ['a plug long ago', plug(1, 3_600), 0],
    ['a virtual port', plug(1, 1, 'plug', {...PORT, kind: 'virtual'}), 0],
  ])('for %s', (_, message, count) => {
    const {time, readStore, state} = setUp();
    readStore.apply([message]);
    time.advance(16);
    expect(state().plugs).toHaveLength(count);
  });

  it('comes once for each port, the newest first', () => {
    const {time, readStore, state} = setUp();
    const other = samplePort({id: 'usb-8', position: '0000/14.0/usb/8'});
    readStore.apply([plug(1, 5), plug(2, 4, 'plug', other), plug(3, 1)]);
    time.advance(16);
    expect(state().plugs.map(({portId}) => portId)).toEqual(['usb-9', 'usb-8']);
  });

  it('does not come for the part of the history that the snapshot holds', () => {
    const {time, readStore, state} = setUp();
    readStore.replaceSnapshot(foldInventory(initialInventory, [plug(1, 1)]));
    readStore.apply([plug(1, 1)]);
    time.advance(16);
    expect(state().plugs).toEqual([]);
  });
});
