import {describe, expect, test} from 'vitest';

import type {Identity} from '#domain/device/events.ts';
import type {Inventory} from '#projections/inventory.ts';
import {matchDevices} from '#services/device/match-devices.ts';
import type {ObservedDevice} from '#services/device/observation.ts';

const MAC: Identity = {kind: 'mac', value: '00:50:b6:12:34:56'};
const SERIAL: Identity = {kind: 'serial', value: '0525:a4a2:NET0001'};

interface Unit {
  readonly position: string;
  readonly identity: Identity;
  readonly state?: 'ready' | 'gone';
  readonly serial?: string;
}

/** What becomes of an adapter that is known so, and now seen so. */
function outcome(known: Unit, seen: Unit): string {
  const parts = ({identity, serial = 'NET0001'}: Unit) => ({identity, ids: '0525:a4a2', serial});
  const device = {
    id: 'd',
    sequence: 1,
    ambiguous: false,
    state: 'ready',
    ...known,
    ...parts(known),
  };
  const observed = {position: seen.position, devpaths: ['/devices/x'], description: parts(seen)};
  const {stays, moved, added, removed} = matchDevices(
    {devices: {d: device}} as unknown as Inventory,
    {ports: new Map(), devices: new Map([[seen.position, observed as unknown as ObservedDevice]])},
    () => false,
  );
  const lists = {stays, moved, added: added.filter(({known: back}) => back === null), removed};
  const isBack = added.some(({known: back}) => back !== null);
  return [
    ...Object.entries(lists).flatMap(([name, list]) => (list.length > 0 ? [name] : [])),
    ...(isBack ? ['back'] : []),
  ].join(' ');
}

describe('a network adapter with a serial', () => {
  test('stays the same while its interface is elsewhere, and when it is back', () => {
    const here = {position: 'usb/4'};
    expect(outcome({...here, identity: MAC}, {...here, identity: SERIAL})).toBe('stays');
    expect(outcome({...here, identity: SERIAL}, {...here, identity: MAC})).toBe('stays');
  });

  test('that was told of before its interface was there is found by its serial', () => {
    const known = {position: 'usb/4', identity: SERIAL} as const;
    const seen = {position: 'usb/2', identity: MAC} as const;
    expect(outcome(known, seen)).toBe('moved');
    expect(outcome({...known, state: 'gone'}, {...known, identity: MAC})).toBe('back');
  });

  test('is not taken for another that bears its serial', () => {
    const other: Identity = {kind: 'mac', value: '00:50:b6:12:34:57'};
    const here = {position: 'usb/4'};
    expect(outcome({...here, identity: MAC}, {...here, identity: other})).toBe('added removed');
    expect(outcome({...here, identity: MAC}, {position: 'usb/2', identity: SERIAL})).toBe(
      'added removed',
    );
    expect(outcome({...here, identity: MAC}, {...here, identity: SERIAL, serial: 'NET0002'})).toBe(
      'added removed',
    );
  });

  test('that is still in its place is not taken for another of its make', () => {
    const known = {id: 'd', sequence: 1, ambiguous: false, state: 'ready', position: 'usb/4'};
    const parts = {ids: '0525:a4a2', serial: 'NET0001'};
    const seen = (position: string, value: string) => [
      position,
      {position, devpaths: ['/devices/x'], description: {...parts, identity: {kind: 'mac', value}}},
    ];
    const devices = new Map([
      seen('usb/2', '00:50:b6:12:34:57'),
      seen('usb/4', MAC.value),
    ] as unknown as [string, ObservedDevice][]);
    const {stays, moved, added} = matchDevices(
      {devices: {d: {...known, ...parts, identity: SERIAL}}} as unknown as Inventory,
      {ports: new Map(), devices},
      () => false,
    );
    expect(stays.map((pair) => pair.seen.position)).toEqual(['usb/4']);
    expect(moved).toEqual([]);
    expect(added.map(({seen: {position}}) => position)).toEqual(['usb/2']);
  });
});
