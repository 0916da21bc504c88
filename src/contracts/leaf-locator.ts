import {z} from 'zod';

/** The runtime file of a running agent: how it is found. WIRE.md, Finding the agent. */
export const RuntimeFile = z.object({
  leafId: z.string(),
  url: z.string(),
  pid: z.number().int().positive(),
  startTime: z.string().describe('field 22 of /proc/PID/stat: tells a reused pid apart'),
  version: z.string(),
  home: z.string(),
  credsDir: z
    .string()
    .nullable()
    .describe(
      'one `<login name>.creds` for each who may use it; null: a configured server, own ones',
    ),
});
export type RuntimeFile = z.infer<typeof RuntimeFile>;

/** An agent that is about to be there, and how many of its events it has read. */
export const StartingFile = RuntimeFile.pick({leafId: true, pid: true, startTime: true}).extend({
  done: z.number().int().nonnegative(),
  total: z.number().int().nonnegative(),
});
export type StartingFile = z.infer<typeof StartingFile>;

/** How to reach an agent. */
export interface LeafAddress {
  readonly leafId: string;
  readonly url: string;
  readonly credsPath: string | null;
  readonly actor: string;
  readonly version: string | null;
  /** Of the agent; null where it is not on this machine. */
  readonly pid: number | null;
}

/** Finds a running agent, and tells others of ours. */
export interface LeafLocator {
  /** undefined: none runs. @throws CimError `leaf-not-yours` */
  find(): Promise<LeafAddress | undefined>;
  /** Ends the telling of a start, too. */
  announce(file: RuntimeFile): Promise<void>;
  /** undefined: none starts, or not for so long that it tells of it. */
  findStarting(): Promise<StartingFile | undefined>;
  /** Tells how far our own start is. */
  tellStarting(file: StartingFile): Promise<void>;
  withdraw(): Promise<void>;
}
