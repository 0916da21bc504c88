import {statSync} from 'node:fs';
import {homedir, userInfo} from 'node:os';
import {isAbsolute, join, resolve} from 'node:path';

/** Where a leaf keeps its things. */
export interface Places {
  /** The home was asked for: a program that we start has to be told of it. */
  readonly isAsked: boolean;
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
    const home = resolve(asked);
    const runtime = join(home, 'run');
    return {isAsked: true, home, runtime, creds: join(runtime, 'creds'), searched: [runtime]};
  }
  if (userInfo().uid === 0) {
    return {
      isAsked: false,
      home: '/var/lib/cim',
      runtime: MACHINE_RUNTIME,
      creds: join(MACHINE_RUNTIME, 'creds'),
      searched: [MACHINE_RUNTIME],
    };
  }
  const home = stateFolder(env);
  const own = env.XDG_RUNTIME_DIR;
  const runtime = isOurFolder(own) ? join(own, 'cim') : join(home, 'run');
  return {
    isAsked: false,
    home,
    runtime,
    creds: join(runtime, 'creds'),
    searched: [...new Set([MACHINE_RUNTIME, runtime, join(home, 'run')])],
  };
}

/** A person's own folder for state. The XDG specification has relative paths ignored. */
export function stateFolder({XDG_STATE_HOME: state}: NodeJS.ProcessEnv): string {
  const isUsable = state !== undefined && isAbsolute(state);
  return join(isUsable ? state : join(homedir(), '.local', 'state'), 'cim');
}

/** `su` hands on the runtime folder of whoever ran it, which is nothing for us. */
function isOurFolder(path: string | undefined): path is string {
  if (path === undefined || !isAbsolute(path)) {
    return false;
  }
  const found = statSync(path, {throwIfNoEntry: false});
  return found?.isDirectory() === true && found.uid === userInfo().uid;
}
