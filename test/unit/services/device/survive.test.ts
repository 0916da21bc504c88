import fc from 'fast-check';
import {expect, test} from 'vitest';

import type {Fact} from '#domain/catalogue.ts';
import {PortId} from '#domain/ids.ts';
import type {KernelDevice} from '#domain/kernel-device.ts';
import type {Inventory} from '#projections/inventory.ts';
import {portOfRole} from '#projections/port-rows.ts';
import {decideDevices} from '#services/device/decide.ts';
import {applyFacts, loadFixture, observe} from '#test/support/hardware.ts';
import {deviceId, leafAfter} from '#test/support/pictures.ts';
import {renumber, renumbered, withoutSerialBase} from '#test/support/renumber.ts';

const MACHINE = [
  ...loadFixture('edge-box'),
  ...loadFixture('hub-1-1'),
  ...loadFixture('disk-2-2.4'),
  ...loadFixture('camera-1-4'),
  ...loadFixture('printer-1-5'),
  ...loadFixture('scanner-1-8'),
  ...loadFixture('sound-1-9'),
  ...loadFixture('lte-stick-1-3'),
];

/** Every port has a label, and every second one a role: half of those by unit, half by port. */
function named(inventory: Inventory): Inventory {
  const ports = Object.values(inventory.ports);
  const facts = ports.flatMap(({id, deviceId: unit}, at): Fact[] => [
    {
      type: 'cim.port.labelled.v1',
      subject: id,
      data: {label: `label ${at}`, before: {label: null}},
    },
    {
      type: 'cim.role.bound.v1',
      subject: `role-${at}`,
      data: {
        target:
          at % 2 === 0 && unit !== null
            ? {kind: 'device', deviceId: unit}
            : {kind: 'port', portId: PortId.parse(id)},
        selector: {class: null, suffix: null},
        before: null,
      },
    },
  ]);
  return applyFacts(inventory, facts);
}

const KNOWN = named(leafAfter(MACHINE));

/** What a restart of the agent, or of the machine under another kernel, makes of a picture. */
function restarted(known: Inventory, devices: readonly KernelDevice[]): readonly Fact[] {
  const {devices: decide} = decideDevices({
    observation: observe(devices),
    withheld: [],
    resync: {cause: 'start', drops: 0},
    summaries: [],
    deviceId,
  });
  return decide(known);
}

/** Where each label and role leads: to which unit in which place. */
const namesOf = (inventory: Inventory) => ({
  labels: Object.values(inventory.ports)
    .map(({label, position, deviceId: unit}) => [label, position, unit])
    .toSorted(),
  roles: Object.values(inventory.roles).map((role) => [
    role.id,
    portOfRole(inventory, role)?.position,
  ]),
});

/** Node names and drivers may read otherwise; nothing else may. */
const HARMLESS = new Set([
  'cim.device.changed.v1',
  'cim.device.functions-changed.v1',
  'cim.port.changed.v1',
]);

const withNodes = (device: KernelDevice, by: (kind: string) => number): KernelDevice => ({
  ...renumbered(device, by),
  node: device.node === null ? null : renumber(device.node, by),
});

test('names and roles survive that everything is numbered anew', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.nat(40)),
      fc.nat(40),
      fc.boolean(),
      (offsets, usual, isOldKernel) => {
        const machine = isOldKernel ? withoutSerialBase(MACHINE) : MACHINE;
        const now = machine.map((device) => withNodes(device, (kind) => offsets[kind] ?? usual));
        const facts = restarted(KNOWN, now);
        expect(facts.filter(({type}) => !HARMLESS.has(type))).toEqual([]);
        expect(namesOf(applyFacts(KNOWN, facts))).toEqual(namesOf(KNOWN));
      },
    ),
    {numRuns: 50},
  );
}, 60_000);

test('names and roles survive that nothing is there, and is there again in another order', () => {
  const away = applyFacts(KNOWN, restarted(KNOWN, []));
  fc.assert(
    fc.property(fc.shuffledSubarray(MACHINE, {minLength: MACHINE.length}), (devices) => {
      const facts = restarted(away, devices);
      expect(facts.filter(({type}) => type === 'cim.device.moved.v1')).toEqual([]);
      expect(namesOf(applyFacts(away, facts))).toEqual(namesOf(KNOWN));
    }),
    {numRuns: 20},
  );
}, 60_000);
