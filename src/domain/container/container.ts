import {z} from 'zod';

import {describe} from '../describe.ts';

/** What systemd-machined runs: a container, or a virtual machine. */
export const ContainerClass = z.enum(['container', 'vm']);
export type ContainerClass = z.infer<typeof ContainerClass>;

/** machined's own words: it is coming up, it runs, it is going. */
export const ContainerState = z.enum(['opening', 'running', 'closing']);
export type ContainerState = z.infer<typeof ContainerState>;

/** A container as the machine shows it now: read live, never stored. null: it is not told. */
export const ContainerFact = describe(
  z.object({
    name: z.string().min(1),
    class: ContainerClass,
    state: ContainerState,
    service: describe(z.string().nullable(), 'what registered it: systemd-nspawn, libvirt-qemu'),
    unit: describe(z.string().nullable(), "systemd's unit that holds its processes"),
    leader: describe(z.number().int().positive().nullable(), 'pid of its first process, seen here'),
    rootDirectory: z.string().nullable(),
    network: describe(
      z.enum(['own', 'host', 'unknown']),
      'host: it shares the network of the host',
    ),
    addresses: describe(z.array(z.string()), 'of its own network, in order of usefulness'),
    since: describe(z.iso.datetime(), 'when it was registered'),
  }),
  {id: 'ContainerFact', description: 'a container as the machine shows it now'},
);
export type ContainerFact = z.infer<typeof ContainerFact>;

/** Why containers cannot be seen: one of the codes of `errors.ts`, and what was seen. */
export const ContainerLimit = describe(
  z.object({
    refused: z.enum(['no-system-bus', 'no-machined', 'machined-failed', 'not-kept']),
    detail: describe(z.string(), 'what was seen'),
  }),
  {id: 'ContainerLimit', description: 'why containers cannot be seen'},
);
export type ContainerLimit = z.infer<typeof ContainerLimit>;

/** Every container, as of one reading. With a limit nothing is known: the list is empty then. */
export const Containers = describe(
  z.object({
    list: z.array(ContainerFact),
    limit: describe(ContainerLimit.nullable(), 'null: they are seen'),
    seenAt: describe(z.iso.datetime().nullable(), 'time of the reading; null: not read yet'),
  }),
  'Every container, as of one reading. With a limit nothing is known.',
);
export type Containers = z.infer<typeof Containers>;

export const UNREAD_CONTAINERS: Containers = {list: [], limit: null, seenAt: null};
