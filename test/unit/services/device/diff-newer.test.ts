import {expect, test} from 'vitest';

import {createMemoryIds} from '#drivers/memory/ids.ts';
import type {Inventory} from '#projections/inventory.ts';
import {decideDevices} from '#services/device/decide.ts';
import {bridgeOf, observe} from '#test/support/hardware.ts';
import {BOX, deviceIn, FTDI, factsFor, factWords, leafAfter} from '#test/support/pictures.ts';

const never = (): never => {
  throw new TypeError('the port is not there');
};

test('what a newer version has written to is left alone', () => {
  const known = leafAfter([...BOX, ...FTDI]);
  const {id = ''} = deviceIn(known, 'usb-14-0-3') ?? {};
  const newer = {...known, readOnly: {[`device/${id}`]: 99}};
  expect(factsFor(newer, BOX)).toEqual([]);
});

test('a unit in a port that a newer version has written to is told of, and the port is not', () => {
  const known = leafAfter(BOX);
  const facts = (inventory: Inventory) => factsFor(inventory, [...BOX, ...FTDI]);
  const [added] = facts(known).filter(({type}) => type === 'cim.device.added.v1');
  const portId = added?.type === 'cim.device.added.v1' ? added.data.portId : never();
  const {[portId]: port = never(), ...otherPorts} = known.ports;
  const renamed = {...known.ports, [portId]: {...port, name: 'of old'}};
  const told = (inventory: Inventory) =>
    facts(inventory).map((fact) => ('port' in fact.data ? fact.data.port?.id : fact.subject));
  // The port is known and reads otherwise, or a newer version's event alone has told of it.
  for (const ports of [renamed, otherPorts]) {
    expect(told({...known, ports})).toContain(portId);
    const readOnly = {...known, ports, readOnly: {[`port/${portId}`]: 99}};
    expect(told(readOnly)).not.toContain(portId);
    expect(factWords(facts(readOnly))).toEqual(['device.added d']);
  }
});

test('a port that a newer version has written to is not forgotten with what was in it', () => {
  const bridge = bridgeOf('br0', 7);
  const known = leafAfter(BOX, [...BOX, bridge]);
  const port = Object.values(known.ports).find(({name}) => name === 'br0');
  const forgotten = (inventory: Inventory) =>
    factsFor(inventory, BOX).map(({data}) => 'portForgotten' in data && data.portForgotten);
  expect(forgotten(known)).toEqual([true]);
  expect(forgotten({...known, readOnly: {[`port/${port?.id}`]: 99}})).toEqual([false]);
});

test('nothing is summed up of a port that a newer version has written to, but what the agent missed is told', () => {
  const known = leafAfter(BOX);
  const [port] = Object.values(known.ports);
  const {resynced, devices} = decideDevices({
    observation: observe(BOX, []),
    withheld: [],
    resync: {cause: 'drops', drops: 3},
    summaries: [
      {position: port?.position ?? '', changes: 21, from: '2026-11-22T16:00:00.000Z', minutes: 1},
    ],
    deviceId: createMemoryIds().deviceId,
  });
  const decide = (inventory: Inventory) => [...resynced(inventory), ...devices(inventory)];
  const leaf = {...known.leaf, leafId: 'l'};
  expect(decide({...known, leaf}).map(({type}) => type)).toEqual([
    'cim.leaf.resynced.v1',
    'cim.port.summed-up.v1',
  ]);
  const readOnly = {'leaf/l': 98, [`port/${port?.id}`]: 99};
  expect(decide({...known, leaf, readOnly}).map(({type}) => type)).toEqual([
    'cim.leaf.resynced.v1',
  ]);
});
