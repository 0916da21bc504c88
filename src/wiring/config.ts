import {z} from 'zod';

import type {Globals} from '#cli/verb.ts';
import {CimError} from '#domain/errors.ts';
import {currentAccount} from '#drivers/home/accounts.ts';
import {findPlaces, type Places} from '#drivers/home/places.ts';
import packageJson from '../../package.json' with {type: 'json'};

/** The version of this program, as in package.json. */
export const VERSION = packageJson.version;

const Environment = z.object({
  CIM_HOME: z.string().optional(),
  CIM_LEAF_ID: z
    .string()
    .regex(/^[a-z0-9-]{1,32}$/, "a leaf's id has a-z, 0-9 and - only, 1 to 32 of them")
    .optional(),
  CIM_NATS_URL: z.string().optional(),
  CIM_CREDS: z.string().optional(),
  CIM_SYS_ROOT: z.string().default('/sys'),
});

/** Where things are and whom to talk to, from options and environment. */
export interface Settings {
  readonly places: Places;
  readonly actor: string;
  readonly leafId: string | undefined;
  readonly natsUrl: string | undefined;
  readonly credsPath: string | undefined;
  readonly timeoutMs: number;
  readonly sysRoot: string;
}

/** Reads the settings: an option goes before the environment. @throws CimError `wrong-usage` on bad values */
export function readSettings(
  globals: Pick<Globals, 'home' | 'nats' | 'creds' | 'leaf' | 'timeoutMs'>,
  env: NodeJS.ProcessEnv,
): Settings {
  const parsed = Environment.safeParse({
    ...env,
    CIM_LEAF_ID: globals.leaf ?? (env.CIM_LEAF_ID || undefined),
  });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new CimError('wrong-usage', `${issue?.path.join('.')}: ${issue?.message}`);
  }
  const read = parsed.data;
  return {
    places: findPlaces(globals.home ?? read.CIM_HOME, env),
    actor: currentAccount().name,
    leafId: read.CIM_LEAF_ID,
    natsUrl: globals.nats ?? read.CIM_NATS_URL,
    credsPath: globals.creds ?? read.CIM_CREDS,
    timeoutMs: globals.timeoutMs,
    sysRoot: read.CIM_SYS_ROOT,
  };
}
