import {describe, expect, test} from 'vitest';

import type {KernelDevice} from '#domain/kernel-device.ts';
import type {Inventory} from '#projections/inventory.ts';
import {diff} from '#services/device/diff.ts';
import {
  applyFacts,
  bridgeOf,
  emptyLeaf,
  linkOf,
  loadFixture,
  observe,
} from '#test/support/hardware.ts';
import {
  BOX,
  deviceId,
  deviceIn,
  FTDI,
  factsFor,
  factWords,
  leafAfter,
} from '#test/support/pictures.ts';

const label = (inventory: Inventory, portId: string, text: string): Inventory =>
  applyFacts(inventory, [
    {type: 'cim.port.labelled.v1', subject: portId, data: {label: text, before: {label: null}}},
  ]);

test('given a stored picture, when nothing differs, then there are no facts', () => {
  expect(factsFor(leafAfter([...BOX, ...FTDI]), [...BOX, ...FTDI])).toEqual([]);
});

describe('plug and unplug', () => {
  test('a plug into a known socket is one fact, without its port', () => {
    const facts = factsFor(leafAfter(BOX), [...BOX, ...FTDI]);
    expect(factWords(facts)).toEqual(['device.added d']);
    expect(facts[0]?.data).toMatchObject({portId: 'usb-14-0-3', origin: 'plug', ambiguous: false});
    expect(facts[0]?.data).not.toHaveProperty('port');
  });

  test('the port is present while it is filled and absent again after', () => {
    const plugged = leafAfter(BOX, [...BOX, ...FTDI]);
    expect(plugged.ports['usb-14-0-3']).toMatchObject({state: 'present', class: 'usb'});
    const pulled = leafAfter(BOX, [...BOX, ...FTDI], BOX);
    expect(pulled.ports['usb-14-0-3']).toMatchObject({state: 'absent', deviceId: null});
    expect(Object.values(pulled.devices).filter(({state}) => state === 'gone')).toHaveLength(1);
  });

  test('a unit comes back under its id, wherever it is plugged', () => {
    const before = leafAfter(BOX, [...BOX, ...FTDI]);
    const again = leafAfter(BOX, [...BOX, ...FTDI], BOX, [
      ...BOX,
      ...loadFixture('hub-1-1'),
      ...loadFixture('ftdi-1-1.3'),
    ]);
    expect(deviceIn(again, 'usb-14-0-1-3')?.identity).toEqual(
      deviceIn(before, 'usb-14-0-3')?.identity,
    );
    expect(Object.values(again.devices).filter(({ids}) => ids === '0403:6001')).toHaveLength(1);
  });

  test('a hub is one fact with its empty sockets; gone, it takes them along', () => {
    const hub = loadFixture('hub-1-1');
    const facts = factsFor(leafAfter(BOX), [...BOX, ...hub]);
    expect(factWords(facts)).toEqual(['device.added d']);
    expect(facts[0]?.data).toMatchObject({
      sockets: [{parent: 'usb-14-0-1'}, {id: 'usb-14-0-1-2'}, {name: '1-1.3'}, {state: 'absent'}],
    });
    const gone = factsFor(leafAfter(BOX, [...BOX, ...hub]), BOX);
    expect(factWords(gone)).toEqual(['device.removed d']);
    expect(gone[0]?.data).toMatchObject({socketsForgotten: {length: 4}});
    expect(Object.keys(leafAfter(BOX, [...BOX, ...hub], BOX).ports)).toEqual(
      Object.keys(leafAfter(BOX).ports),
    );
  });

  test('a hub pulled with what is in it is one fact, and a labelled socket stays', () => {
    const hub = [...loadFixture('hub-1-1'), ...loadFixture('disk-2-2.4')];
    const known = label(leafAfter(BOX, [...BOX, ...hub]), 'usb-14-0-1-2', 'left');
    const gone = factsFor(known, BOX);
    expect(factWords(gone)).toEqual(['device.removed d']);
    expect(gone[0]?.data).toMatchObject({
      position: '0000/14.0/usb/1',
      devices: [{portId: 'usb-14-0-1-4', position: '0000/14.0/usb/1.4'}],
    });
    const left = applyFacts(known, gone);
    expect(Object.values(left.devices).filter(({state}) => state === 'gone')).toHaveLength(2);
    expect(left.ports['usb-14-0-1-2']?.label).toBe('left');
    expect(left.ports['usb-14-0-1-4']).toBeUndefined();
  });
});

describe('moves and swaps', () => {
  const elsewhere = [...loadFixture('hub-1-1'), ...loadFixture('ftdi-1-1.3')];

  test('a unit found elsewhere in one look has moved', () => {
    const facts = factsFor(leafAfter([...BOX, ...FTDI]), [...BOX, ...elsewhere]);
    expect(factWords(facts)).toEqual(['device.added d', 'device.moved d']);
    expect(facts[1]?.data).toMatchObject({
      portId: 'usb-14-0-1-3',
      before: {portId: 'usb-14-0-3', position: '0000/14.0/usb/3'},
    });
    const moved = leafAfter([...BOX, ...FTDI], [...BOX, ...elsewhere]);
    expect(moved.ports['usb-14-0-3']).toMatchObject({state: 'absent', deviceId: null});
    expect(deviceIn(moved, 'usb-14-0-1-3')?.serial).toBe('A50285BI');
  });

  test('another unit in the same socket is removed and added', () => {
    const facts = factsFor(leafAfter([...BOX, ...FTDI]), [...BOX, ...loadFixture('lte-stick-1-3')]);
    expect(factWords(facts)).toEqual(['device.removed d', 'device.added d']);
  });

  test('two units that change places are two moves, and both ports are filled', () => {
    const swapped = (from: string, to: string) =>
      loadFixture(from).map((device): KernelDevice => {
        const devpath = device.devpath.replaceAll(from.slice(-3), to);
        const {port: _port, ...references} = device.references;
        return {...device, devpath, references};
      });
    const one = loadFixture('clone-1-2').map((device): KernelDevice => {
      const {serial} = device.attributes;
      return {...device, attributes: {...device.attributes, ...(serial ? {serial: 'B2'} : {})}};
    });
    const other = one.map((device): KernelDevice => {
      const {port: _port, ...references} = device.references;
      return {...device, devpath: device.devpath.replaceAll('1-2', '1-3'), references};
    });
    const before = leafAfter([...BOX, ...one, ...FTDI]);
    const now = [...BOX, ...other, ...swapped('ftdi-1-3', '1-2')];
    expect(factWords(factsFor(before, now))).toEqual(['device.moved d', 'device.moved d']);
    const state = applyFacts(before, factsFor(before, now));
    expect(deviceIn(state, 'usb-14-0-3')?.serial).toBe('B2');
    expect(deviceIn(state, 'usb-14-0-2')?.serial).toBe('A50285BI');
  });
});

describe('ambiguous twins', () => {
  const one = loadFixture('clone-1-2');
  const two = loadFixture('clone-1-3');

  test('a second unit with the same serial makes both ambiguous', () => {
    const facts = factsFor(leafAfter([...BOX, ...one]), [...BOX, ...one, ...two]);
    expect(factWords(facts)).toEqual(['device.added d', 'device.changed d']);
    expect(facts.map(({data}) => 'ambiguous' in data && data.ambiguous)).toEqual([true, true]);
  });

  test('from then on the place decides: each comes back under the id of its socket', () => {
    const known = leafAfter([...BOX, ...one], [...BOX, ...one, ...two]);
    const first = deviceIn(known, 'usb-14-0-2')?.id;
    const second = deviceIn(known, 'usb-14-0-3')?.id;
    expect(first).not.toBe(second);
    const again = applyFacts(applyFacts(known, factsFor(known, BOX)), []);
    const back = applyFacts(again, factsFor(again, [...BOX, ...two]));
    expect(deviceIn(back, 'usb-14-0-3')?.id).toBe(second);
    expect(deviceIn(back, 'usb-14-0-3')?.ambiguous).toBe(true);
  });
});

describe('links and virtual ports', () => {
  test('losing the cable is one change of the port, and the device stays', () => {
    const up = linkOf(2, 'eth0', {hasCarrier: true, speedMbps: 1000});
    const known = applyFacts(emptyLeaf, factsFor(emptyLeaf, BOX, [up]));
    const facts = factsFor(known, BOX, [linkOf(2, 'eth0')]);
    expect(facts).toEqual([
      {
        type: 'cim.port.changed.v1',
        subject: 'network-1c-0-00-0',
        data: {
          state: 'absent',
          link: 'down',
          speedMbps: null,
          before: {state: 'present', link: 'up', speedMbps: 1000},
        },
      },
    ]);
    const state = applyFacts(known, facts);
    expect(deviceIn(state, 'network-1c-0-00-0')?.state).toBe('ready');
    const back = factsFor(state, BOX, [up]);
    expect(back[0]?.data).toMatchObject({state: 'present', link: 'up'});
  });

  test('a bridge comes with its port, and both are forgotten when it goes', () => {
    const facts = factsFor(leafAfter(BOX), [...BOX, bridgeOf('br0', 7)]);
    expect(factWords(facts)).toEqual(['device.added d']);
    expect(facts[0]?.data).toMatchObject({
      port: {id: 'network-br0', kind: 'virtual', link: 'down'},
    });
    const known = leafAfter(BOX, [...BOX, bridgeOf('br0', 7)]);
    expect(factsFor(known, BOX)[0]?.data).toMatchObject({portForgotten: true});
    expect(leafAfter(BOX, [...BOX, bridgeOf('br0', 7)], BOX).ports['network-br0']).toBeUndefined();
  });

  test('a labelled bridge leaves its port behind, and comes back into it', () => {
    const known = label(leafAfter(BOX, [...BOX, bridgeOf('br0', 7)]), 'network-br0', 'cells');
    const gone = applyFacts(known, factsFor(known, BOX));
    expect(gone.ports['network-br0']).toMatchObject({label: 'cells', state: 'absent', link: null});
    const back = applyFacts(gone, factsFor(gone, [...BOX, bridgeOf('br0', 9)]));
    expect(back.ports['network-br0']).toMatchObject({
      label: 'cells',
      state: 'present',
      link: 'down',
    });
    expect(factsFor(back, [...BOX, bridgeOf('br0', 9)])).toEqual([]);
  });

  test('a role holds a virtual port too', () => {
    const known = applyFacts(leafAfter(BOX, [...BOX, bridgeOf('br0', 7)]), [
      {
        type: 'cim.role.bound.v1',
        subject: 'uplink',
        data: {
          target: {
            kind: 'port',
            portId: leafAfter(BOX, [bridgeOf('br0', 7)]).ports['network-br0']?.id ?? never(),
          },
          selector: {class: null, suffix: null},
          before: null,
        },
      },
    ]);
    expect(factsFor(known, BOX)[0]?.data).toMatchObject({portForgotten: false});
  });
});

test('what is still settling is left as it is, come or gone', () => {
  const known = leafAfter([...BOX, ...FTDI]);
  const options = {origin: 'plug', deviceId, isWithheld: () => true} as const;
  expect(diff(known, observe([]), options)).toEqual([]);
  expect(diff(emptyLeaf, observe([...BOX, ...FTDI]), options)).toEqual([]);
});

test('a unit that says nothing of itself for a while stays the same', () => {
  const known = leafAfter([...BOX, ...FTDI]);
  const silent = FTDI.map((device): KernelDevice => {
    const {serial: _serial, ...attributes} = device.attributes;
    return {...device, attributes};
  });
  expect(factWords(factsFor(known, [...BOX, ...silent]))).toEqual(['device.changed d']);
});

const never = (): never => {
  throw new TypeError('the port is not there');
};
