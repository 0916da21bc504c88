import {z} from 'zod';

import type {ReadOnly} from '../read-only.ts';

/** A process that has a node of the port open. */
export const UsingProcess = z
  .object({
    pid: z.number().int().positive().describe('as the host sees it'),
    name: z.string().describe('as /proc has it'),
    user: z.string().describe('login name, or the number where it has none'),
    unit: z.string().nullable().describe("systemd's unit it belongs to"),
  })
  .meta({id: 'UsingProcess', description: 'a process that has a node of the port open'});
export type UsingProcess = z.infer<typeof UsingProcess>;

/**
 * Who uses a port now (MODEL.md, User): read live, never stored. `unknown` where we may not look.
 * Marks: it holds / or /boot, carries the default route, or has a file system mounted.
 */
export const PortUser = z
  .object({
    kind: z
      .enum(['host', 'container', 'free', 'unknown', 'waiting'])
      .describe('unknown: we may not look'),
    name: z.string().nullable().describe('process, container, mount point, or "route"'),
    unit: z.string().nullable().describe("systemd's unit"),
    processes: z.array(UsingProcess),
    seenAt: z.string().nullable().describe('ISO time of the reading; null: never read'),
    marks: z
      .array(z.enum(['boot', 'route', 'mount']))
      .describe('it holds / or /boot, carries the default route, has a file system mounted'),
  })
  .meta({id: 'PortUser', description: 'who uses a port now: read live, never stored'});
export type PortUser = ReadOnly<z.infer<typeof PortUser>>;

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
