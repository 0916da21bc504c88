import fc from 'fast-check';
import {describe, expect, test} from 'vitest';

import type {Fact} from '#domain/catalogue.ts';
import {PortId} from '#domain/ids.ts';
import type {KernelDevice} from '#domain/kernel-device.ts';
import type {Inventory} from '#projections/inventory.ts';
import {applyFacts, loadFixture, observe} from '#test/support/hardware.ts';
import {BOX, deviceIn, factsFor, factWords, leafAfter} from '#test/support/pictures.ts';

/** Kernel devices plugged into socket 1 of the box, both speeds, in another socket instead. */
const inSocket = (socket: string, devices: readonly KernelDevice[]): readonly KernelDevice[] => {
  const [slow = '', fast = ''] = [socket, String(Number(socket) + 1)];
  const there = (path: string): string =>
    path
      .replaceAll(/\/1-1(?=[./:-]|$)/g, `/1-${slow}`)
      .replaceAll(/\/2-2(?=[./:-]|$)/g, `/2-${fast}`)
      .replaceAll('usb1-port1', `usb1-port${slow}`)
      .replaceAll('usb2-port2', `usb2-port${fast}`);
  return devices.map((device) => ({
    ...device,
    devpath: there(device.devpath),
    references: Object.fromEntries(
      Object.entries(device.references).map(([name, path]) => [name, there(path)]),
    ),
  }));
};

const isHub = ({devpath}: KernelDevice): boolean => /usb\d\/\d-\d$/.test(devpath);

const withAttributes = (
  devices: readonly KernelDevice[],
  isOne: (device: KernelDevice) => boolean,
  attributes: Readonly<Record<string, string>>,
): readonly KernelDevice[] =>
  devices.map((device) =>
    isOne(device) ? {...device, attributes: {...device.attributes, ...attributes}} : device,
  );

const HUB = loadFixture('hub-1-1').filter(({devpath}) => !devpath.includes('/usb2/'));
const NAMED = withAttributes(HUB, isHub, {serial: 'DOCK0001'});
const ADAPTER = loadFixture('ftdi-1-1.3');
/** A keyboard without a serial, in the second socket of the hub. */
const KEYBOARD = loadFixture('ftdi-1-1.3').map((device): KernelDevice => {
  const {serial: _serial, ...attributes} = device.attributes;
  const devpath = device.devpath.replaceAll('1-1.3', '1-1.2').replaceAll('ttyUSB0', 'ttyUSB1');
  const port = '/devices/pci0000:00/0000:00:14.0/usb1/1-1/1-1:1.0/1-1-port2';
  const isUnit = device.references.port !== undefined;
  return {...device, devpath, attributes, references: isUnit ? {port} : {}};
});
const DOCK = [...NAMED, ...ADAPTER, ...KEYBOARD];
const [AT_1, AT_3] = [
  [...BOX, ...DOCK],
  [...BOX, ...inSocket('3', DOCK)],
];

const wished = (inventory: Inventory): Inventory =>
  applyFacts(inventory, [
    {
      type: 'cim.port.labelled.v1',
      subject: 'usb-14-0-1-3',
      data: {label: 'left', before: {label: null}},
    },
    {
      type: 'cim.role.bound.v1',
      subject: 'scale',
      data: {
        target: {kind: 'port', portId: PortId.parse('usb-14-0-1-2')},
        selector: {class: 'serial', suffix: null},
        before: null,
      },
    },
  ]);

const isMove = (fact: Fact): fact is Fact<'cim.device.moved.v1'> =>
  fact.type === 'cim.device.moved.v1';

/** What a leaf holds of its ports and units, whatever its events were. */
const shapeOf = ({ports, devices}: Inventory) => ({
  ports: Object.values(ports)
    .map(({position, name, parent, state, label, deviceId}) => ({
      position,
      name,
      parent: parent === null ? null : ports[parent]?.position,
      state,
      label,
      unit: deviceId === null ? null : devices[deviceId]?.ids,
    }))
    .toSorted((a, b) => (a.position < b.position ? -1 : 1)),
});

describe('a dock that moves', () => {
  test.each([
    ['found elsewhere in one look', (leaf: Inventory) => leaf],
    ['pulled first', (leaf: Inventory) => applyFacts(leaf, factsFor(leaf, BOX))],
  ])('%s is one fact, and its devices follow', (_, between) => {
    const before = wished(leafAfter(AT_1));
    const known = between(before);
    const facts = factsFor(known, AT_3);
    expect(factWords(facts)).toEqual(['device.moved d']);
    expect(facts[0]?.data).toMatchObject({
      position: '0000/14.0/usb/3',
      before: {portId: 'usb-14-0-1', position: '0000/14.0/usb/1'},
      followers: [{position: '0000/14.0/usb/3.2'}, {position: '0000/14.0/usb/3.3'}],
    });
    const after = applyFacts(known, facts);
    expect(factsFor(after, AT_3)).toEqual([]);
    expect(after.ports['usb-14-0-1-3']).toMatchObject({
      label: 'left',
      position: '0000/14.0/usb/3.3',
      name: '1-3.3',
      parent: 'usb-14-0-3',
      state: 'present',
    });
    expect(deviceIn(after, 'usb-14-0-1-3')?.id).toBe(deviceIn(before, 'usb-14-0-1-3')?.id);
    expect(deviceIn(after, 'usb-14-0-1-2')?.id).toBe(deviceIn(before, 'usb-14-0-1-2')?.id);
    expect(after.ports['usb-14-0-1']).toMatchObject({state: 'absent', deviceId: null});
  });

  test('is one fact where it was pulled, too', () => {
    const facts = factsFor(leafAfter(AT_1), BOX);
    expect(factWords(facts)).toEqual(['device.removed d']);
    expect(facts[0]?.data).toMatchObject({devices: {length: 2}, socketsForgotten: {length: 4}});
  });

  test('and comes back is where it was, under the same ids', () => {
    const before = wished(leafAfter(AT_1));
    const there = applyFacts(before, factsFor(before, AT_3));
    const back = applyFacts(there, factsFor(there, AT_1));
    expect(shapeOf(back)).toEqual(shapeOf(before));
    expect(Object.keys(back.devices).toSorted()).toEqual(Object.keys(before.devices).toSorted());
  });

  test('leaves a device that was taken out of it to itself', () => {
    const known = leafAfter(AT_1);
    const facts = factsFor(known, [...BOX, ...inSocket('3', [...NAMED, ...ADAPTER])]);
    expect(factWords(facts)).toEqual(['device.moved d', 'device.removed d']);
    expect(facts.filter(isMove).map(({data}) => data.followers?.length)).toEqual([1]);
  });

  test('does not take a socket whose new place another port has', () => {
    const other = wished(leafAfter([...BOX, ...inSocket('3', DOCK)], BOX, AT_1));
    const labelled = applyFacts(other, [
      {
        type: 'cim.port.labelled.v1',
        subject: 'usb-14-0-3-3',
        data: {label: 'other', before: {label: null}},
      },
    ]);
    const after = applyFacts(labelled, factsFor(labelled, AT_3));
    const places = Object.values(after.ports).map(({position}) => position);
    expect(new Set(places).size).toBe(places.length);
    expect(factsFor(after, AT_3)).toEqual([]);
  });
});

describe('a hub that does not say who it is', () => {
  const dock = (isBuiltIn: boolean): readonly KernelDevice[] => [
    ...HUB,
    ...withAttributes(ADAPTER, ({devpath}) => devpath.endsWith('/1-1.3'), {
      removable: isBuiltIn ? 'fixed' : 'removable',
    }),
    ...KEYBOARD,
  ];

  test('is proved by what is built into it', () => {
    const known = leafAfter([...BOX, ...dock(true)]);
    const there = [...BOX, ...inSocket('3', dock(true))];
    const facts = factsFor(known, there);
    expect(factWords(facts)).toEqual(['device.moved d']);
    expect(factsFor(applyFacts(known, facts), there)).toEqual([]);
  });

  test('is another one where only what was plugged into it says so', () => {
    const facts = factsFor(leafAfter([...BOX, ...dock(false)]), [
      ...BOX,
      ...inSocket('3', dock(false)),
    ]);
    expect(facts.filter(isMove).map(({data}) => data.followers)).toEqual([undefined]);
    expect(factWords(facts)).toContain('device.removed d');
  });
});

test('whatever is plugged where, after each picture the leaf knows what is seen', () => {
  const parts = [NAMED, ADAPTER, KEYBOARD];
  const picture = fc
    .record({socket: fc.constantFrom('1', '3'), with: fc.subarray([1, 2]), isThere: fc.boolean()})
    .map(({socket, with: behind, isThere}) =>
      isThere
        ? [...BOX, ...inSocket(socket, [NAMED, ...behind.map((at) => parts[at] ?? [])].flat())]
        : BOX,
    );
  fc.assert(
    fc.property(fc.array(picture, {maxLength: 5}), (pictures) => {
      const leaf = wished(leafAfter(AT_1));
      const after = pictures.reduce((known, devices) => {
        const next = applyFacts(known, factsFor(known, devices));
        expect(factsFor(next, devices)).toEqual([]);
        const seen = [...observe(devices).devices.keys()].toSorted();
        const ready = Object.values(next.devices).filter(({state}) => state === 'ready');
        expect(ready.map(({position}) => position).toSorted()).toEqual(seen);
        const places = Object.values(next.ports).map(({position}) => position);
        expect(new Set(places).size).toBe(places.length);
        return next;
      }, leaf);
      expect(Object.values(after.ports).filter(({label}) => label === 'left')).toHaveLength(1);
      expect(after.roles.scale?.target).toEqual({kind: 'port', portId: 'usb-14-0-1-2'});
    }),
    {numRuns: 60},
  );
}, 60_000);
