import type {Fact} from '#domain/catalogue.ts';
import {dataSchemaOf, type Recorded} from '#domain/envelope.ts';
import {DeviceId, PortId} from '#domain/ids.ts';
import {evolveInventory, type Inventory, initialInventory} from '#projections/inventory.ts';

const ENVELOPE = {
  specversion: '1.0',
  id: '00000000-0000-7000-8000-0000000000ff',
  source: '/cim/test',
  time: '2026-11-22T16:00:00.000Z',
  datacontenttype: 'application/json',
  correlationid: '00000000-0000-7000-8000-0000000000ff',
  causationid: '00000000-0000-7000-8000-0000000000ff',
} as const;

const PORT = {
  kind: 'socket',
  class: 'usb',
  direction: 'both',
  parent: null,
  state: 'absent',
  link: null,
  speedMbps: null,
} as const;

/** An empty USB socket. */
export const socketAdded = (id: string): Fact => ({
  type: 'cim.port.added.v1',
  subject: id,
  data: {...PORT, position: `0000/14.0/usb/${id}`, name: id},
});

/** A serial adapter plugged into a known socket. */
export const adapterAdded = (id: string, port: string, serial = 'A50285BI'): Fact => ({
  type: 'cim.device.added.v1',
  subject: DeviceId.parse(id),
  data: {
    identity: {kind: 'serial', value: `0403:6001:${serial}`},
    ambiguous: false,
    ids: '0403:6001',
    vendor: 'FTDI',
    model: 'FT232R',
    serial,
    driver: 'ftdi_sio',
    name: 'FTDI FT232R',
    functions: [
      {
        id: ':1.0/port0',
        class: 'serial',
        direction: 'both',
        state: 'present',
        name: '',
        nodes: [{path: '/dev/ttyUSB0', as: 'tty'}],
        interface: null,
      },
    ],
    portId: PortId.parse(port),
    position: `0000/14.0/usb/${port}`,
    origin: 'plug',
  },
});

/** The adapter pulled out again; its socket stays. */
export const adapterRemoved = (id: string, port: string): Fact => ({
  type: 'cim.device.removed.v1',
  subject: id,
  data: {
    portId: PortId.parse(port),
    position: `0000/14.0/usb/${port}`,
    portForgotten: false,
  },
});

/** A job that was taken on. */
export const jobAccepted = (id: string, command = 'event.verify', target = 'l'): Fact => ({
  type: 'cim.job.accepted.v1',
  subject: id,
  data: {command, target, data: {}},
});

/** A fact at a place in the stream, in an envelope as the agent writes it. */
export const recordedFact = (sequence: number, fact: Fact): Recorded => ({
  sequence,
  event: {...fact, ...ENVELOPE, dataschema: dataSchemaOf(fact.type)},
});

/** The state after facts, the first of them at sequence 1. */
export const inventoryAfter = (...facts: readonly Fact[]): Inventory =>
  facts.reduce(
    (inventory, fact) =>
      evolveInventory(inventory, {
        kind: 'event',
        ...recordedFact(inventory.sequence + 1, fact),
      }),
    initialInventory,
  );
