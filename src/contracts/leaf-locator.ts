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
  announce(file: RuntimeFile): Promise<void>;
  withdraw(): Promise<void>;
}
