import {z} from 'zod';

import {describe} from '../describe.ts';
import {PortId, RoleId} from '../ids.ts';
import type {ReadOnly} from '../read-only.ts';
import {rowFields} from '../row-fields.ts';
import {FunctionSelector, RoleTarget} from './events.ts';
import {RoleLink} from './link.ts';

/** A role and what it follows. */
export const RoleStateRow = z.object({
  id: RoleId,
  target: RoleTarget,
  selector: FunctionSelector,
  ...rowFields,
});
export type RoleStateRow = Readonly<z.infer<typeof RoleStateRow>>;

/** A role as `role list` gives it. */
export const RoleRow = RoleStateRow.extend({
  port: describe(PortId.nullable(), 'port it leads to now; null: its unit is away'),
  holder: z
    .enum(['held', 'absent', 'unfit', 'ambiguous'])
    .describe('something fits; nothing is there; what is there has no such function; several fit'),
  links: describe(z.array(RoleLink), 'its stable paths, as last looked at'),
});
export type RoleRow = ReadOnly<z.infer<typeof RoleRow>>;
