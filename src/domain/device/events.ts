import {z} from 'zod';

import {causeField} from '../cause.ts';
import {PortId} from '../ids.ts';
import {Direction, PortDescription} from '../port/events.ts';

export const IdentityKind = z
  .enum(['wwid', 'mac', 'serial', 'position'])
  .describe('by what the unit is known again; position: by its place only');
export type IdentityKind = z.infer<typeof IdentityKind>;

/** How a unit is recognised: MODEL.md, Identity. Example: serial `0403:6001:A50285BI`. */
export const Identity = z
  .object({
    kind: IdentityKind,
    value: z.string().min(1).describe('e.g. "0403:6001:A50285BI" of a serial'),
  })
  .meta({id: 'Identity', description: 'how a unit is recognised'});
export type Identity = z.infer<typeof Identity>;

/** A /dev path or a network interface, with what it is for in its function. */
export const DeviceNode = z
  .object({
    path: z.string().describe('/dev/ttyUSB0, or the interface name of a network function'),
    as: z.string().describe('inner name, e.g. "tty", "at", "capture", "interface"'),
  })
  .meta({id: 'DeviceNode', description: 'where a function is reached'});
export type DeviceNode = z.infer<typeof DeviceNode>;

export const FunctionState = z.enum(['present', 'absent']);

/** One assignable thing of one class: MODEL.md, Function. */
export const DeviceFunction = z
  .object({
    id: z.string().describe('suffix of the position, e.g. ":1.0/port0"; "" for a single function'),
    class: z.string().describe('device class, e.g. "serial"'),
    direction: Direction,
    state: FunctionState,
    name: z.string().describe('words of the class, e.g. "1 Gb/s Ethernet"; may be empty'),
    nodes: z.array(DeviceNode),
    interface: z.string().nullable().describe('network interface name'),
  })
  .meta({id: 'DeviceFunction', description: 'one assignable thing of one class'});
export type DeviceFunction = z.infer<typeof DeviceFunction>;

/** What is known of a unit. */
export const DeviceDescription = z.object({
  identity: Identity,
  ambiguous: z.boolean().describe('another unit bears the same serial: position decides'),
  ids: z.string().nullable().describe('vendor:product in hex, e.g. "0403:6001"'),
  vendor: z.string().nullable().describe('in words, as the unit or udev says'),
  model: z.string().nullable(),
  serial: z.string().nullable().describe('as the unit says; it may lie'),
  driver: z.string().nullable().describe('of the kernel, e.g. "ftdi_sio"'),
  name: z.string().describe('one line for people, e.g. "FTDI FT232R"'),
  functions: z.array(DeviceFunction),
});
export type DeviceDescription = z.infer<typeof DeviceDescription>;

/** A port that comes with another event: its id and what it is. */
export const CarriedPort = PortDescription.extend({id: PortId}).meta({
  id: 'CarriedPort',
  description: 'a port that was not known before, as it is now',
});
export type CarriedPort = z.infer<typeof CarriedPort>;

const Position = z.string().describe('where it sits, e.g. "0000/14.0/usb/1.3"');
const Place = z.object({portId: PortId, position: Position});

/** A unit is in a port. A port never seen before comes along, and so do a hub's sockets. */
export const DeviceAdded = DeviceDescription.extend({
  portId: PortId,
  position: Position,
  port: CarriedPort.optional(),
  sockets: z.array(CarriedPort).optional().describe('of a hub'),
  origin: z.enum(['plug', 'start']).describe('plug: seen coming; start: found by enumeration'),
  ...causeField,
}).describe(
  "A unit is in a port. A port never seen before comes along, and so do a hub's sockets.",
);

const Changeable = DeviceDescription.omit({functions: true, identity: true}).partial();

/** New values of tracked fields, and what they were. */
export const DeviceChanged = Changeable.extend({
  before: Changeable.describe('what they were'),
  ...causeField,
}).describe('Fields of a unit have new values; those that are left out have not changed.');

/** The whole new list of functions, and the old one. */
export const DeviceFunctionsChanged = z
  .object({
    functions: z.array(DeviceFunction).describe('all of them'),
    before: z.object({functions: z.array(DeviceFunction)}),
    ...causeField,
  })
  .describe('A unit has other functions than before.');

/** The same unit in another port. */
export const DeviceMoved = Place.extend({
  port: CarriedPort.optional(),
  sockets: z.array(CarriedPort).optional().describe('of a hub'),
  functions: z.array(DeviceFunction),
  before: Place.extend({functions: z.array(DeviceFunction)}),
  ...causeField,
}).describe('The same unit is in another port.');

/** The unit is gone. `portForgotten`: its virtual port bore no label and no role, and goes too. */
export const DeviceRemoved = Place.extend({
  portForgotten: z.boolean().describe('its virtual port goes too: it bore no label and no role'),
  socketsForgotten: z.array(PortId).optional().describe('sockets of a hub that went with it'),
  ...causeField,
}).describe('The unit is gone.');

export const deviceEvents = {
  'cim.device.added.v1': DeviceAdded,
  'cim.device.changed.v1': DeviceChanged,
  'cim.device.functions-changed.v1': DeviceFunctionsChanged,
  'cim.device.moved.v1': DeviceMoved,
  'cim.device.removed.v1': DeviceRemoved,
} as const;
