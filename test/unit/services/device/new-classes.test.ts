import fc from 'fast-check';
import {describe, expect, test} from 'vitest';

import {DEVICE_CLASSES} from '#devices/classes.ts';
import type {Fact} from '#domain/catalogue.ts';
import {PortId} from '#domain/ids.ts';
import type {KernelDevice} from '#domain/kernel-device.ts';
import {attentionOf} from '#projections/attention.ts';
import type {Inventory} from '#projections/inventory.ts';
import {diff} from '#services/device/diff.ts';
import {createObserver} from '#services/device/observe.ts';
import {
  applyFacts,
  createHardwareBench,
  emptyLeaf,
  FIXTURES,
  loadFixture,
  tableOf,
} from '#test/support/hardware.ts';
import {deviceId, factsFor, factWords, leafAfter} from '#test/support/pictures.ts';

/** What a leaf knew before there were more classes. */
const FIRST = ['input', 'network', 'other', 'serial', 'storage', 'usb', 'video'];
const FIRST_CLASSES = DEVICE_CLASSES.filter(({name}) => FIRST.includes(name));

/** A leaf whose build has only the first classes, after it has seen these devices. */
function yesterday(devices: readonly KernelDevice[]): Inventory {
  const seen = createObserver(FIRST_CLASSES)(tableOf(devices), new Map());
  const options = {origin: 'start', deviceId, isWithheld: () => false} as const;
  return applyFacts(emptyLeaf, diff(emptyLeaf, seen, options));
}

const placesOf = ({devices, ports}: Inventory) => ({
  devices: Object.values(devices).map(({id, position, identity, portId}) => [
    id,
    position,
    identity,
    portId,
  ]),
  ports: Object.values(ports).map(({id, position}) => [id, position]),
});

const functionsChanged = (facts: readonly Fact[]): readonly string[] =>
  facts.flatMap((fact) =>
    fact.type === 'cim.device.functions-changed.v1'
      ? [fact.data.before, fact.data].map(({functions}) =>
          functions.map((each) => `${each.class} ${each.id}`).join(),
        )
      : [],
  );

describe('a leaf that learns classes', () => {
  test('keeps the ids and places of all that it knew', () => {
    fc.assert(
      fc.property(fc.subarray([...FIXTURES], {minLength: 1}), (names) => {
        const devices = names.flatMap(loadFixture);
        const before = yesterday(devices);
        const facts = factsFor(before, devices);
        const after = placesOf(applyFacts(before, facts));
        const known = placesOf(before);
        expect(after.devices).toEqual(expect.arrayContaining(known.devices));
        expect(after.ports).toEqual(expect.arrayContaining(known.ports));
        expect(facts.map(({type}) => type)).not.toContain('cim.device.removed.v1');
        expect(factsFor(applyFacts(before, facts), devices)).toEqual([]);
      }),
    );
  });

  test.each([
    ['sound-1-9', 'other :1.0,input :1.3', 'audio :1.0,input :1.3'],
    ['camera-1-4', 'video :1.0,other :1.2', 'video :1.0,audio :1.2'],
    ['bluetooth-1-6', 'other :1.0,other :1.1', 'bluetooth :1.0'],
    ['chip-card-1-7', 'other :1.0', 'chip-card :1.0'],
    ['scanner-1-8', 'input :1.0', 'scanner :1.0'],
    [
      'lte-stick-1-3',
      'serial :1.0/port0,serial :1.2/port0,serial :1.3/port0,network :1.8',
      'modem ,network :1.8',
    ],
  ] as const)('tells of %s what it is now: the same unit', (name, before, after) => {
    const devices = loadFixture(name);
    const facts = factsFor(yesterday(devices), devices);
    expect(factWords(facts).filter((words) => words !== 'device.changed d')).toEqual([
      'device.functions-changed d',
    ]);
    expect(functionsChanged(facts)).toEqual([before, after]);
  });

  test('says which roles select a class that is no more', () => {
    const devices = loadFixture('lte-stick-1-3');
    const before = yesterday(devices);
    const [portId] = Object.values(before.ports).map(({id}) => id);
    const bound: Fact = {
      type: 'cim.role.bound.v1',
      subject: 'gps',
      data: {
        target: {kind: 'port', portId: PortId.parse(portId)},
        selector: {class: 'serial', suffix: ':1.2/port0'},
        before: null,
      },
    };
    const leaf = applyFacts(before, [bound]);
    expect(attentionOf(leaf, {list: []}).map(({code}) => code)).not.toContain(
      'role-without-device',
    );
    const after = applyFacts(leaf, factsFor(leaf, devices));
    expect(attentionOf(after, {list: []}).map(({code}) => code)).toContain('role-without-device');
  });

  test('tells what a port of the machine is made for, where that was not known', () => {
    const devices = loadFixture('field-box');
    const before = yesterday(devices);
    const sound = Object.values(before.ports).find(({position}) => position === '0000/1f.3');
    expect(sound).toMatchObject({class: 'input', direction: 'in'});
    const modem = Object.values(before.ports).find(({class: made}) => made === 'network');
    const facts = factsFor(before, devices).filter(({type}) => type === 'cim.port.changed.v1');
    expect(facts.map(({subject, data}) => [subject, data])).toEqual([
      [modem?.id, {class: 'modem', name: 'wwan0at0', before: {class: 'network', name: 'wwan0'}}],
      [
        sound?.id,
        {
          class: 'audio',
          direction: 'both',
          before: {class: 'input', direction: 'in'},
        },
      ],
    ]);
  });
});

describe('a screen', () => {
  const BOX = loadFixture('field-box');
  const CONNECTOR = /card0-HDMI-A-1$/;
  const withStatus = (status: string): readonly KernelDevice[] =>
    BOX.map((device) =>
      CONNECTOR.test(device.devpath)
        ? {...device, attributes: {...device.attributes, status}}
        : device,
    );

  test('comes with its card, in one event', () => {
    const facts = factsFor(emptyLeaf, BOX);
    const card = facts.find(({data}) => 'position' in data && data.position === '0000/02.0');
    const sockets = card?.type === 'cim.device.added.v1' ? (card.data.sockets ?? []) : [];
    expect(sockets.map(({id, parent}) => [id, parent])).toEqual([
      ['display-02-0-dp-1', 'display-0000-02-0'],
      ['display-02-0-hdmi-a-1', 'display-0000-02-0'],
      ['display-02-0-edp-1', 'display-0000-02-0'],
    ]);
  });

  test('that goes makes its socket absent, and nothing else', () => {
    const facts = factsFor(leafAfter(BOX), withStatus('disconnected'));
    expect(facts.map(({type, subject, data}) => [type, subject, data])).toEqual([
      [
        'cim.port.changed.v1',
        'display-02-0-hdmi-a-1',
        {state: 'absent', before: {state: 'present'}},
      ],
    ]);
  });

  test('is noticed when its card says that something was plugged', async () => {
    const bench = createHardwareBench(withStatus('disconnected'));
    await bench.start();
    bench.news();
    bench.monitor.show(withStatus('connected'), []);
    const card = BOX.find(({devtype}) => devtype === 'drm_minor');
    expect(card).toBeDefined();
    bench.monitor.notice({
      kind: 'uevent',
      uevent: {
        source: 'kernel',
        action: 'change',
        devpath: card?.devpath ?? '',
        subsystem: 'drm',
        seqnum: 900_000,
        properties: {DEVNAME: '/dev/dri/card0', DEVTYPE: 'drm_minor', HOTPLUG: '1'},
      },
    });
    await bench.clock.turn(5000);
    expect(factWords(bench.news())).toEqual(['port.changed display-02-0-hdmi-a-1']);
    await bench.watch.stop();
  });

  test('serves the role of its socket while it is there', () => {
    const selector = {class: null, suffix: null};
    const bound: Fact = {
      type: 'cim.role.bound.v1',
      subject: 'wall',
      data: {
        target: {kind: 'port', portId: PortId.parse('display-02-0-hdmi-a-1')},
        selector,
        before: null,
      },
    };
    const leaf = applyFacts(leafAfter(BOX), [bound]);
    const codesOf = (inventory: Inventory) =>
      attentionOf(inventory, {list: []}).map(({code}) => code);
    expect(codesOf(leaf)).not.toContain('role-without-device');
    const dark = applyFacts(leaf, factsFor(leaf, withStatus('disconnected')));
    expect(codesOf(dark)).toContain('role-without-device');
  });

  test('is not known to be there once the driver has let go of its card', () => {
    const unbound = BOX.filter(({devpath}) => !devpath.includes('/drm/'));
    const before = leafAfter(BOX);
    const facts = factsFor(before, unbound);
    const changed = facts.filter(({type}) => type === 'cim.port.changed.v1');
    expect(changed.map(({subject, data}) => [subject, 'state' in data && data.state])).toEqual(
      expect.arrayContaining([
        ['display-02-0-hdmi-a-1', 'absent'],
        ['display-02-0-edp-1', 'absent'],
      ]),
    );
    const after = applyFacts(before, facts);
    expect(factsFor(after, unbound)).toEqual([]);
    expect(factWords(factsFor(after, BOX))).toEqual(
      expect.arrayContaining(['port.changed display-02-0-hdmi-a-1']),
    );
  });

  test('on USB hangs below its adapter, and goes with it', () => {
    const [unit, part, ...rest] = loadFixture('ftdi-1-3');
    const screen = rest.map((device, index): KernelDevice => {
      const names = ['drm/card1', 'drm/card1/card1-HDMI-A-1'];
      return {
        ...device,
        devpath: `${part?.devpath}/${names[index]}`,
        subsystem: 'drm',
        attributes: {status: 'connected'},
      };
    });
    expect(screen).toHaveLength(2);
    const box = loadFixture('edge-box');
    const devices = [...box, ...[unit, part].flatMap((device) => device ?? []), ...screen];
    const plugged = leafAfter(box, devices);
    const socket = Object.values(plugged.ports).find(({name}) => name === 'HDMI-A-1');
    expect(socket).toMatchObject({parent: 'usb-14-0-3', state: 'present', class: 'display'});
    const pulled = factsFor(plugged, box);
    expect(factWords(pulled)).toEqual(['device.removed d']);
    expect(applyFacts(plugged, pulled).ports).not.toHaveProperty(socket?.id ?? '');
  });

  test('goes with its card', () => {
    const without = BOX.filter(
      ({devpath}) => !devpath.startsWith('/devices/pci0000:00/0000:00:02.0'),
    );
    const before = leafAfter(BOX);
    const after = applyFacts(before, factsFor(before, without));
    expect(Object.keys(after.ports).filter((id) => id.startsWith('display'))).toEqual([
      'display-0000-02-0',
    ]);
  });
});
