import {homedir} from 'node:os';
import {isAbsolute, join} from 'node:path';

/**
 * The folder for what setup fetched; the XDG rules ignore a relative XDG_CACHE_HOME.
 * @param {NodeJS.ProcessEnv} env
 * @returns {string}
 */
export function cacheFolder(env) {
  const base = env.XDG_CACHE_HOME;
  return join(base && isAbsolute(base) ? base : join(env.HOME || homedir(), '.cache'), 'cim-leaf');
}
