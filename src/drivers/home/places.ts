import {homedir, userInfo} from 'node:os';
import {join} from 'node:path';

/** Where a leaf keeps its things. */
export interface Places {
  /** Keys, server, caches, logs. */
  readonly home: string;
  /** Where the runtime file of an agent with this home goes. */
  readonly runtime: string;
  /** Where it puts credentials for the people who may use it. */
  readonly creds: string;
  /** Where runtime files of other agents are looked for, in order. */
  readonly searched: readonly string[];
}

/** Runtime folder of the machine's own leaf, run by root. */
const MACHINE_RUNTIME = '/run/cim';

/**
 * The places for a home that was asked for, or for the default one. A home that was asked for
 * stands alone: its runtime file lies inside it, and no other is looked at.
 */
export function findPlaces(asked: string | undefined, env: NodeJS.ProcessEnv): Places {
  if (asked !== undefined && asked !== '') {
    const runtime = join(asked, 'run');
    return {home: asked, runtime, creds: join(runtime, 'creds'), searched: [runtime]};
  }
  if (userInfo().uid === 0) {
    return {
      home: '/var/lib/cim',
      runtime: MACHINE_RUNTIME,
      creds: join(MACHINE_RUNTIME, 'creds'),
      searched: [MACHINE_RUNTIME],
    };
  }
  const state = env.XDG_STATE_HOME ?? join(homedir(), '.local', 'state');
  const home = join(state, 'cim');
  const own = env.XDG_RUNTIME_DIR;
  const runtime = own === undefined ? join(home, 'run') : join(own, 'cim');
  return {
    home,
    runtime,
    creds: join(runtime, 'creds'),
    searched: [...new Set([MACHINE_RUNTIME, runtime, join(home, 'run')])],
  };
}
