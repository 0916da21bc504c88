import {z} from 'zod';

/** What systemd-machined runs: a container, or a virtual machine. */
export const ContainerClass = z.enum(['container', 'vm']);
export type ContainerClass = z.infer<typeof ContainerClass>;

/** machined's own words: it is coming up, it runs, it is going. */
export const ContainerState = z.enum(['opening', 'running', 'closing']);
export type ContainerState = z.infer<typeof ContainerState>;

/** A container as the machine shows it now: read live, never stored. null: it is not told. */
export const ContainerFact = z
  .object({
    name: z.string().min(1),
    class: ContainerClass,
    state: ContainerState,
    service: z.string().nullable().describe('what registered it: systemd-nspawn, libvirt-qemu'),
    unit: z.string().nullable().describe("systemd's unit that holds its processes"),
    leader: z.number().int().positive().nullable().describe('pid of its first process, seen here'),
    rootDirectory: z.string().nullable(),
    network: z.enum(['own', 'host', 'unknown']).describe('host: it shares the network of the host'),
    addresses: z.array(z.string()).describe('of its own network, in order of usefulness'),
    since: z.iso.datetime().describe('when it was registered'),
  })
  .meta({id: 'ContainerFact', description: 'a container as the machine shows it now'});
export type ContainerFact = z.infer<typeof ContainerFact>;

/** Why containers cannot be seen: one of the codes of `errors.ts`, and what was seen. */
export const ContainerLimit = z
  .object({
    refused: z.enum(['no-system-bus', 'no-machined', 'machined-failed', 'not-kept']),
    detail: z.string().describe('what was seen'),
  })
  .meta({id: 'ContainerLimit', description: 'why containers cannot be seen'});
export type ContainerLimit = z.infer<typeof ContainerLimit>;

/** Every container, as of one reading. With a limit nothing is known: the list is empty then. */
export const Containers = z
  .object({
    list: z.array(ContainerFact),
    limit: ContainerLimit.nullable().describe('null: they are seen'),
    seenAt: z.iso.datetime().nullable().describe('time of the reading; null: not read yet'),
  })
  .describe('Every container, as of one reading. With a limit nothing is known.');
export type Containers = z.infer<typeof Containers>;

export const UNREAD_CONTAINERS: Containers = {list: [], limit: null, seenAt: null};
