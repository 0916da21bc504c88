import type {Fact} from '#domain/catalogue.ts';
import type {KernelDevice, LinkFact} from '#domain/kernel-device.ts';
import {createMemoryIds} from '#drivers/memory/ids.ts';
import type {Inventory} from '#projections/inventory.ts';
import {diff} from '#services/device/diff.ts';

import {applyFacts, emptyLeaf, loadFixture, observe} from './hardware.ts';

export const BOX = loadFixture('edge-box');
export const FTDI = loadFixture('ftdi-1-3');
export const {deviceId} = createMemoryIds();

/** What a picture of the machine says that the leaf does not know yet. */
export const factsFor = (
  inventory: Inventory,
  devices: readonly KernelDevice[],
  links: readonly LinkFact[] = [],
): readonly Fact[] =>
  diff(inventory, observe(devices, links), {origin: 'plug', deviceId, isWithheld: () => false});

/** The leaf after it has seen these pictures, one after the other. */
export const leafAfter = (...pictures: readonly (readonly KernelDevice[])[]): Inventory =>
  pictures.reduce(
    (inventory, devices) => applyFacts(inventory, factsFor(inventory, devices)),
    emptyLeaf,
  );

/** `device.added d`, `port.changed usb-1`: devices have ids of chance. */
export const factWords = (facts: readonly Fact[]): readonly string[] =>
  facts.map(
    ({type, subject}) => `${type.slice(4, -3)} ${subject.startsWith('d-') ? 'd' : subject}`,
  );

/** The unit in a port. */
export const deviceIn = (inventory: Inventory, portId: string) =>
  inventory.devices[inventory.ports[portId]?.deviceId ?? ''];
