import {z} from 'zod';

import {describe} from '../describe.ts';

/**
 * A stable path of a role as it is now: read live, never stored. `ambiguous`: several things fit,
 * so none is given.
 */
export const RoleLink = z
  .object({
    role: describe(z.string(), 'id of the role'),
    path: describe(z.string(), 'e.g. "/dev/cim/scale"; of an interface its further name'),
    node: describe(z.string().nullable(), 'where it shall lead; null: nowhere now'),
    state: z
      .enum(['right', 'missing', 'wrong', 'ambiguous'])
      .describe('it leads there; it is not there; it leads elsewhere; more than one fits'),
    detail: describe(z.string().nullable(), 'where it leads to instead, or why it is not there'),
  })
  .meta({id: 'RoleLink', description: 'a stable path of a role as it is now'});
export type RoleLink = z.infer<typeof RoleLink>;

/** Why links of roles cannot be made here. */
export const RoleLinkLimit = z
  .object({
    refused: z.enum(['no-udev', 'needs-root', 'udev-failed']),
    detail: describe(z.string(), 'what was seen'),
  })
  .meta({id: 'RoleLinkLimit', description: 'why links of roles cannot be made'});
export type RoleLinkLimit = Readonly<z.infer<typeof RoleLinkLimit>>;

/** Every link of a role, as of one look. With a limit none can be made here. */
export const RoleLinkReadings = z
  .object({
    list: z.array(RoleLink),
    limit: RoleLinkLimit.nullable().describe('null: they are made'),
    seenAt: z.iso.datetime().nullable().describe('time of the look; null: not looked yet'),
  })
  .describe('Every link of a role, as of one look. With a limit none can be made here.');
export type RoleLinkReadings = z.infer<typeof RoleLinkReadings>;

export const UNREAD_ROLE_LINKS: RoleLinkReadings = {list: [], limit: null, seenAt: null};
