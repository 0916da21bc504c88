import {z} from 'zod';

import {describe} from '../describe.ts';
import {DeviceId, PortId} from '../ids.ts';
import type {ReadOnly} from '../read-only.ts';
import {rowFields} from '../row-fields.ts';
import {DeviceDescription, IdentityKind} from './events.ts';

/** A unit as the events have made it; units that have gone are remembered with their last place. */
export const DeviceStateRow = DeviceDescription.extend({
  id: DeviceId,
  state: describe(z.enum(['ready', 'gone']), 'ready: it is in its port'),
  portId: PortId.describe('port it is in, or was last'),
  position: describe(z.string(), 'where it sits or sat, e.g. "0000/14.0/usb/1.3"'),
  ...rowFields,
});
export type DeviceStateRow = Readonly<z.infer<typeof DeviceStateRow>>;

/** A unit as `device list` gives it. */
export const DeviceRow = DeviceStateRow.omit({identity: true}).extend({
  identity: IdentityKind,
  identityValue: describe(z.string(), 'e.g. "0403:6001:A50285BI" of a serial'),
  port: describe(z.string().nullable(), 'what people call its port; null: it was forgotten'),
});
export type DeviceRow = ReadOnly<z.infer<typeof DeviceRow>>;
