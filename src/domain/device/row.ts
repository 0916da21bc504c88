import {z} from 'zod';

import {DeviceId, PortId} from '../ids.ts';
import type {ReadOnly} from '../read-only.ts';
import {rowFields} from '../row-fields.ts';
import {DeviceDescription, IdentityKind} from './events.ts';

/** A unit as the events have made it; units that have gone are remembered with their last place. */
export const DeviceStateRow = DeviceDescription.extend({
  id: DeviceId,
  state: z.enum(['ready', 'gone']).describe('ready: it is in its port'),
  portId: PortId.describe('port it is in, or was last'),
  position: z.string().describe('where it sits or sat, e.g. "0000/14.0/usb/1.3"'),
  ...rowFields,
});
export type DeviceStateRow = Readonly<z.infer<typeof DeviceStateRow>>;

/** A unit as `device list` gives it. */
export const DeviceRow = DeviceStateRow.omit({identity: true}).extend({
  identity: IdentityKind,
  identityValue: z.string().describe('e.g. "0403:6001:A50285BI" of a serial'),
  port: z.string().nullable().describe('what people call its port; null: it was forgotten'),
});
export type DeviceRow = ReadOnly<z.infer<typeof DeviceRow>>;
