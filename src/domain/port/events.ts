import {z} from 'zod';

import {causeField} from '../cause.ts';
import {describe} from '../describe.ts';
import {PortId} from '../ids.ts';
import {PortSettings, PortSettingsChange} from './settings.ts';

export const PortKind = z.enum(['socket', 'fixed', 'virtual']);
export type PortKind = z.infer<typeof PortKind>;

export const PortPresence = z.enum(['present', 'absent', 'faulted', 'quarantined', 'disabled']);
export type PortPresence = z.infer<typeof PortPresence>;

export const Link = z.enum(['up', 'down']);
export type Link = z.infer<typeof Link>;

export const Direction = describe(
  z.enum(['in', 'out', 'both']),
  'what it is to the leaf: input, output or both',
);
export type Direction = z.infer<typeof Direction>;

/** What a port is from its first event on: MODEL.md, Port. */
export const PortDescription = z.object({
  position: describe(z.string().min(1), 'where it sits, e.g. "0000/14.0/usb/1.3"'),
  kind: PortKind.describe('a socket that can be empty, a built-in part, or no hardware at all'),
  class: describe(z.string(), 'device class the position is made for, e.g. "usb"'),
  direction: Direction,
  parent: describe(PortId.nullable(), 'port of the hub or bridge it belongs to'),
  name: describe(z.string(), 'what people call it while it has no label, e.g. "1-1.3", "eth0"'),
  state: PortPresence.describe('absent: empty; faulted, quarantined, disabled: not to be used'),
  link: describe(Link.nullable(), 'null: this port has no link'),
  speedMbps: describe(z.number().int().positive().nullable(), 'speed of the link in Mb/s'),
});
export type PortDescription = z.infer<typeof PortDescription>;

/** A port seen for the first time, with nothing plugged in. */
export const PortAdded = describe(
  PortDescription.extend(causeField),
  'A port was seen for the first time, with nothing plugged in.',
);

/** Label set; null: taken away. */
export const PortLabelled = describe(
  z.object({
    label: describe(z.string().nullable(), 'as its socket is marked; null: taken away'),
    before: z.object({label: z.string().nullable()}),
  }),
  'A port got a label, or lost it.',
);

const Changeable = PortDescription.pick({
  state: true,
  link: true,
  speedMbps: true,
  name: true,
  parent: true,
  class: true,
  direction: true,
});

/** New values of the fields that changed, and what they were. */
export const PortChanged = describe(
  Changeable.partial().extend({
    before: describe(Changeable.partial(), 'what they were'),
    ...causeField,
  }),
  'Fields of a port have new values; those that are left out have not changed.',
);

/** Many changes of a flapping port in one event. */
export const PortSummedUp = describe(
  PortChanged.extend({
    changes: describe(z.number().int().positive(), 'how many changes this event stands for'),
    from: describe(z.iso.datetime(), 'time of the first of them'),
  }),
  'Many changes of a flapping port in one event.',
);

/** It flapped on and on: nothing of it is stored until a person takes it back. */
export const PortQuarantined = describe(
  z.object({
    minutes: describe(z.number().int().positive(), 'that it flapped through in a row'),
    changes: describe(z.number().int().positive(), 'of its last minute'),
    before: z.object({state: PortPresence}),
    ...causeField,
  }),
  'A port flapped on and on: until it is taken back, what it does is not stored.',
);

/** A person says that it is mended. */
export const PortUnquarantined = describe(
  z.object({
    state: describe(PortPresence, 'as it was last known; what differs is told next'),
    before: z.object({state: PortPresence}),
  }),
  'A person took a port back from quarantine: what it does is stored again.',
);

const LabelledPort = PortDescription.extend({
  label: describe(z.string().nullable(), 'null: it bore none'),
});

/** Taken out of the list by a person; its history stays. `before` brings it back. */
export const PortForgotten = describe(
  z.object({before: LabelledPort}),
  'A person took a port out of the list. Its history stays, and before brings it back.',
);

/** Undo of `forgotten`: the port as it was, empty. */
export const PortRemembered = LabelledPort.describe(
  'Undo of forgotten: the port as it was, empty.',
);

const requested = describe(
  z.number().int().positive().nullable(),
  'sequence of the change-requested that this is about; null: of none, what is wanted was applied again',
);

/** Somebody wants a port otherwise. Nothing is done yet. */
export const PortChangeRequested = describe(
  z.object({
    change: PortSettingsChange,
    before: describe(PortSettingsChange, 'what was wanted of the same until then; null: nothing'),
    trySeconds: describe(
      z.number().int().positive().nullable(),
      'comes back by itself after so many seconds unless confirmed; null: it stays',
    ),
  }),
  'Somebody wants a port to be otherwise. Nothing is done yet.',
);

/** The hardware has been set, and reads so. */
export const PortChangeApplied = describe(
  z.object({
    requested,
    change: PortSettingsChange,
    found: describe(PortSettings, 'how it was just before'),
    deadline: describe(
      z.iso.datetime().nullable(),
      'it comes back by itself then unless confirmed; null: it stays',
    ),
    occasion: describe(
      z.enum(['wish', 'plug', 'start']),
      'wish: just wanted; plug, start: wanted before, and applied again',
    ),
  }),
  'The hardware was set as it is wanted, and reads so.',
);

/** It could not be done; what had been done of it was taken back, or not. */
export const PortChangeFailed = describe(
  z.object({
    requested,
    change: PortSettingsChange,
    reason: describe(z.string(), 'what was seen, for people'),
    undone: describe(z.boolean(), 'false: parts of it may hold'),
  }),
  'A change of a port could not be made; what is wanted is as before.',
);

/** Whoever asked still gets through: the change stays. */
export const PortChangeConfirmed = describe(
  z.object({requested, change: PortSettingsChange}),
  'A change on trial was confirmed, and stays.',
);

/** A change on trial was not confirmed, and is taken back. */
export const PortChangeReverted = describe(
  z.object({
    requested,
    change: PortSettingsChange,
    by: describe(z.enum(['guard', 'agent']), 'guard: what was prepared outside the agent'),
    at: describe(z.iso.datetime(), 'when it was taken back'),
    undone: describe(z.boolean(), 'false: parts of it may hold'),
    detail: describe(z.string().nullable(), 'what could not be put back'),
  }),
  'A change on trial was not confirmed in time, and was taken back.',
);

export const portEvents = {
  'cim.port.added.v1': PortAdded,
  'cim.port.labelled.v1': PortLabelled,
  'cim.port.changed.v1': PortChanged,
  'cim.port.summed-up.v1': PortSummedUp,
  'cim.port.quarantined.v1': PortQuarantined,
  'cim.port.unquarantined.v1': PortUnquarantined,
  'cim.port.forgotten.v1': PortForgotten,
  'cim.port.remembered.v1': PortRemembered,
  'cim.port.change-requested.v1': PortChangeRequested,
  'cim.port.change-applied.v1': PortChangeApplied,
  'cim.port.change-failed.v1': PortChangeFailed,
  'cim.port.change-confirmed.v1': PortChangeConfirmed,
  'cim.port.change-reverted.v1': PortChangeReverted,
} as const;
