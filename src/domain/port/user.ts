import {z} from 'zod';

/** A process that has a node of the port open. */
export const UsingProcess = z.object({
  pid: z.number().int().positive(),
  name: z.string(),
  user: z.string(),
  unit: z.string().nullable(),
});
export type UsingProcess = z.infer<typeof UsingProcess>;

/**
 * Who uses a port now (MODEL.md, User): read live, never stored. `unknown` where we may not look.
 * Marks: it holds / or /boot, carries the default route, or has a file system mounted.
 */
export const PortUser = z.object({
  kind: z.enum(['host', 'container', 'free', 'unknown', 'waiting']),
  name: z.string().nullable(),
  unit: z.string().nullable(),
  processes: z.array(UsingProcess),
  seenAt: z.string().nullable().describe('ISO time of the reading; null: never read'),
  marks: z.array(z.enum(['boot', 'route', 'mount'])),
});
export type PortUser = z.infer<typeof PortUser>;

/** Readings by port id. */
export type PortUsers = Readonly<Record<string, PortUser>>;

export const NEVER_READ: PortUser = {
  kind: 'unknown',
  name: null,
  unit: null,
  processes: [],
  seenAt: null,
  marks: [],
};
