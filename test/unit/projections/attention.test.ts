import {describe, expect, it} from 'vitest';

import type {Fact} from '#domain/catalogue.ts';
import {attentionOf} from '#projections/attention.ts';
import {
  adapterAdded,
  adapterRemoved,
  inventoryAfter,
  jobAccepted,
  socketAdded,
} from '#test/support/facts.ts';

const bound: Fact = {
  type: 'cim.role.bound.v1',
  subject: 'scale',
  data: {
    target: {kind: 'port', portId: 'usb-1'},
    selector: {class: 'serial', suffix: null},
    before: null,
  },
} as Fact;

const NO_LINKS = {list: []};
const WORLD = [socketAdded('usb-1'), socketAdded('usb-2')];

const codes = (...facts: readonly Fact[]) => attentionOf(inventoryAfter(...facts), NO_LINKS);

describe('attention', () => {
  it('is empty when nothing needs anybody', () => {
    expect(codes(...WORLD, adapterAdded('d-aaaaaaaaaa', 'usb-1'), bound)).toEqual([]);
  });

  it('names a role that lost its device, and where a like one is', () => {
    const lost = [
      ...WORLD,
      adapterAdded('d-aaaaaaaaaa', 'usb-1'),
      bound,
      adapterRemoved('d-aaaaaaaaaa', 'usb-1'),
    ];
    expect(codes(...lost)).toMatchObject([
      {code: 'role-without-device', message: 'role scale has no device in usb-1'},
    ]);
    expect(codes(...lost, adapterAdded('d-bbbbbbbbbb', 'usb-2', 'X'))).toMatchObject([
      {message: 'role scale has no device in usb-1; a like one is in usb-2'},
    ]);
  });

  it('names two units that cannot be told apart', () => {
    const twin = (id: string, port: string): Fact => {
      const fact = adapterAdded(id, port, '0001');
      return {...fact, data: {...fact.data, ambiguous: true}} as Fact;
    };
    const given = [...WORLD, twin('d-aaaaaaaaaa', 'usb-1'), twin('d-bbbbbbbbbb', 'usb-2')];
    expect(codes(...given)).toMatchObject([
      {
        code: 'ambiguous',
        message: 'usb-1 and usb-2: same 0403:6001 serial 0001, told apart by the socket only',
      },
    ]);
  });

  it('tells of time that was not recorded, unless it was a mere restart', () => {
    const gapTo = (to: string) => {
      const {leaf, ...rest} = inventoryAfter();
      const unrecorded = {from: '2026-11-22T16:00:00.000Z', to};
      return attentionOf({...rest, leaf: {...leaf, unrecorded}}, NO_LINKS).map(({code}) => code);
    };
    expect(gapTo('2026-11-22T16:00:59.999Z')).toEqual([]);
    expect(gapTo('2026-11-22T16:01:00.000Z')).toEqual(['unrecorded']);
  });

  it('names the event that the newest check of the chain found wrong, until one finds none', () => {
    const id = (at: number) => `01890000-0000-7000-8000-00000000000${at}`;
    const checked = (at: number, wrong: number | null): readonly Fact[] => [
      jobAccepted(id(at)),
      {
        type: 'cim.job.ended.v1',
        subject: id(at),
        data: {
          command: 'event.verify',
          outcome: 'done',
          reason: null,
          result: {events: 900, wrong},
        },
      },
    ];
    const found = checked(1, 512);
    expect(codes(...found)).toMatchObject([
      {code: 'store-damaged', level: 'fault', target: {kind: 'events', id: '512'}},
    ]);
    expect(codes(...found, jobAccepted(id(2)))).toHaveLength(1);
    expect(codes(...found, ...checked(2, null))).toEqual([]);
  });

  it('puts faults before warnings', () => {
    const faulted: Fact = {
      type: 'cim.port.changed.v1',
      subject: 'usb-2',
      data: {state: 'faulted', before: {state: 'absent'}},
    };
    const given = inventoryAfter(...WORLD, faulted);
    const withNewer = {...given, readOnly: {'port/usb-1': 4}};
    expect(attentionOf(withNewer, NO_LINKS).map(({code}) => code)).toEqual([
      'port-faulted',
      'newer-event',
    ]);
  });
});
