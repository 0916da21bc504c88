import {z} from 'zod';

import {describe} from '../describe.ts';
import type {ReadOnly} from '../read-only.ts';

/** A process that has a node of the port open. */
export const UsingProcess = describe(
  z.object({
    pid: describe(z.number().int().positive(), 'as the host sees it'),
    name: describe(z.string(), 'as /proc has it'),
    user: describe(z.string(), 'as whom it runs: login name, or the number where it has none'),
    person: describe(
      z.string().nullable().optional(),
      'who logged in and started it, also through sudo; null: nobody, or not known',
    ),
    unit: describe(z.string().nullable(), "systemd's unit it belongs to"),
  }),
  {id: 'UsingProcess', description: 'a process that has a node of the port open'},
);
export type UsingProcess = z.infer<typeof UsingProcess>;

/** `anna as root` where somebody runs it in another's name. */
export const asWhom = ({user, person}: Pick<UsingProcess, 'user' | 'person'>): string =>
  typeof person === 'string' && person !== user ? `${person} as ${user}` : user;

/**
 * Who uses a port now (MODEL.md, User): read live, never stored. `unknown` where we may not look.
 * Marks: it holds / or /boot, carries the default route, or has a file system mounted.
 */
export const PortUser = describe(
  z.object({
    kind: describe(
      z.enum(['host', 'container', 'free', 'unknown', 'waiting']),
      'unknown: we may not look',
    ),
    name: describe(z.string().nullable(), 'process, container, mount point, or "route"'),
    unit: describe(z.string().nullable(), "systemd's unit"),
    processes: z.array(UsingProcess),
    seenAt: describe(z.string().nullable(), 'ISO time of the reading; null: never read'),
    marks: describe(
      z.array(z.enum(['boot', 'route', 'mount'])),
      'it holds / or /boot, carries the default route, has a file system mounted',
    ),
    carries: describe(
      z.array(z.string()).optional(),
      'interfaces that stand on its own, as a VLAN does; left out: none',
    ),
  }),
  {id: 'PortUser', description: 'who uses a port now: read live, never stored'},
);
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
