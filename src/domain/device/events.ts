import {z} from 'zod';

import {causeField} from '../cause.ts';
import {describe} from '../describe.ts';
import {DeviceId, PortId} from '../ids.ts';
import {Direction, PortDescription} from '../port/events.ts';

export const IdentityKind = describe(
  z.enum(['wwid', 'mac', 'serial', 'position']),
  'by what the unit is known again; position: by its place only',
);
export type IdentityKind = z.infer<typeof IdentityKind>;

/** How a unit is recognised: MODEL.md, Identity. Example: serial `0403:6001:A50285BI`. */
export const Identity = describe(
  z.object({
    kind: IdentityKind,
    value: describe(z.string().min(1), 'e.g. "0403:6001:A50285BI" of a serial'),
  }),
  {id: 'Identity', description: 'how a unit is recognised'},
);
export type Identity = z.infer<typeof Identity>;

/** A /dev path or a network interface, with what it is for in its function. */
export const DeviceNode = describe(
  z.object({
    path: describe(z.string(), '/dev/ttyUSB0, or the interface name of a network function'),
    as: describe(z.string(), 'inner name, e.g. "tty", "at", "capture", "interface"'),
  }),
  {id: 'DeviceNode', description: 'where a function is reached'},
);
export type DeviceNode = z.infer<typeof DeviceNode>;

export const FunctionState = z.enum(['present', 'absent']);

/** One assignable thing of one class: MODEL.md, Function. */
export const DeviceFunction = describe(
  z.object({
    id: describe(z.string(), 'suffix of the position, e.g. ":1.0/port0"; "" for a single function'),
    class: describe(z.string(), 'device class, e.g. "serial"'),
    direction: Direction,
    state: FunctionState,
    name: describe(z.string(), 'words of the class, e.g. "1 Gb/s Ethernet"; may be empty'),
    nodes: z.array(DeviceNode),
    interface: describe(z.string().nullable(), 'network interface name'),
  }),
  {id: 'DeviceFunction', description: 'one assignable thing of one class'},
);
export type DeviceFunction = z.infer<typeof DeviceFunction>;

/** What is known of a unit. */
export const DeviceDescription = z.object({
  identity: Identity,
  ambiguous: describe(z.boolean(), 'another unit bears the same serial: position decides'),
  ids: describe(z.string().nullable(), 'vendor:product in hex, e.g. "0403:6001"'),
  vendor: describe(z.string().nullable(), 'in words, as the unit or udev says'),
  model: z.string().nullable(),
  serial: describe(z.string().nullable(), 'as the unit says; it may lie'),
  driver: describe(z.string().nullable(), 'of the kernel, e.g. "ftdi_sio"'),
  name: describe(z.string(), 'one line for people, e.g. "FTDI FT232R"'),
  functions: z.array(DeviceFunction),
});
export type DeviceDescription = z.infer<typeof DeviceDescription>;

/** A port that comes with another event: its id and what it is. */
export const CarriedPort = describe(PortDescription.extend({id: PortId}), {
  id: 'CarriedPort',
  description: 'a port that was not known before, as it is now',
});
export type CarriedPort = z.infer<typeof CarriedPort>;

const Position = describe(z.string(), 'where it sits, e.g. "0000/14.0/usb/1.3"');
const Place = z.object({portId: PortId, position: Position});

/** A unit is in a port. A port never seen before comes along, and so do a hub's sockets. */
export const DeviceAdded = describe(
  DeviceDescription.extend({
    portId: PortId,
    position: Position,
    port: CarriedPort.optional(),
    sockets: describe(z.array(CarriedPort).optional(), 'of a hub'),
    origin: describe(z.enum(['plug', 'start']), 'plug: seen coming; start: found by enumeration'),
    ...causeField,
  }),
  "A unit is in a port. A port never seen before comes along, and so do a hub's sockets.",
);

const Changeable = DeviceDescription.omit({functions: true, identity: true}).partial();

/** New values of tracked fields, and what they were. */
export const DeviceChanged = describe(
  Changeable.extend({
    before: Changeable.describe('what they were'),
    ...causeField,
  }),
  'Fields of a unit have new values; those that are left out have not changed.',
);

/** The whole new list of functions, and the old one. */
export const DeviceFunctionsChanged = describe(
  z.object({
    functions: describe(z.array(DeviceFunction), 'all of them'),
    before: z.object({functions: z.array(DeviceFunction)}),
    ...causeField,
  }),
  'A unit has other functions than before.',
);

const NewIdentity = describe(
  Identity.optional(),
  'of a unit that says nothing of itself: its place is part of it',
);

/** A unit behind a moved one, at the same place behind it as before. */
export const Follower = describe(
  Place.extend({
    id: DeviceId,
    functions: z.array(DeviceFunction),
    identity: NewIdentity,
    port: CarriedPort.optional(),
    sockets: describe(z.array(CarriedPort).optional(), 'of a hub'),
    before: Place,
  }),
  {id: 'Follower', description: 'a unit behind a moved one, at the same place behind it as before'},
);
export type Follower = z.infer<typeof Follower>;

const PortPlace = PortDescription.pick({position: true, name: true, parent: true});

/** A socket that is part of the unit that moved: the same port, with label and roles, elsewhere. */
export const FollowingPort = describe(PortPlace.extend({id: PortId, before: PortPlace}), {
  id: 'FollowingPort',
  description: 'a socket that is part of what moved: the same port, elsewhere',
});
export type FollowingPort = z.infer<typeof FollowingPort>;

/** The same unit in another port, with all that is plugged into it: decision 0048. */
export const DeviceMoved = describe(
  Place.extend({
    port: CarriedPort.optional(),
    sockets: describe(z.array(CarriedPort).optional(), 'of a hub'),
    functions: z.array(DeviceFunction),
    identity: NewIdentity,
    followers: describe(z.array(Follower).optional(), 'units behind it that moved with it'),
    ports: describe(z.array(FollowingPort).optional(), 'sockets of its own that moved with it'),
    origin: describe(
      z.enum(['plug', 'start']).optional(),
      'plug: seen coming; start: found by enumeration; older events do not say',
    ),
    before: Place.extend({functions: z.array(DeviceFunction)}),
    ...causeField,
  }),
  'The same unit is in another port, and what is plugged into it with it.',
);

/**
 * The unit is gone, and all that was plugged into it. `portForgotten`: its virtual port bore no
 * label and no role, and goes too.
 */
export const DeviceRemoved = describe(
  Place.extend({
    portForgotten: describe(z.boolean(), 'its virtual port goes too: it bore no label and no role'),
    socketsForgotten: describe(z.array(PortId).optional(), 'sockets of a hub that went with it'),
    devices: describe(
      z.array(Place.extend({id: DeviceId})).optional(),
      'units behind it that went with it',
    ),
    ...causeField,
  }),
  'The unit is gone, and what was plugged into it with it.',
);

export const deviceEvents = {
  'cim.device.added.v1': DeviceAdded,
  'cim.device.changed.v1': DeviceChanged,
  'cim.device.functions-changed.v1': DeviceFunctionsChanged,
  'cim.device.moved.v1': DeviceMoved,
  'cim.device.removed.v1': DeviceRemoved,
} as const;
