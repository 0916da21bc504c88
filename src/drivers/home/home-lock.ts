import {spawnSync} from 'node:child_process';
import {closeSync, mkdirSync, openSync} from 'node:fs';
import {join} from 'node:path';

import {CimError} from '#domain/errors.ts';

/** What flock(1) of util-linux and of busybox exits with where another holds the lock. */
const HELD = 1;

/**
 * Locks a home for as long as this process lives, whatever ends it. undefined: another process
 * holds it. Node has no flock(2), but a lock belongs to the open file, not to the process that
 * asked for it: flock(1) takes it on a descriptor it inherits, and we keep that open.
 * @throws CimError `process-failed` when there is no flock(1), or it fails
 */
export function lockHome(home: string): (() => void) | undefined {
  mkdirSync(home, {recursive: true, mode: 0o700});
  const descriptor = openSync(join(home, 'lock'), 'a', 0o600);
  const {status, error} = spawnSync('flock', ['-n', '3'], {
    stdio: ['ignore', 'ignore', 'ignore', descriptor],
    timeout: 5000,
  });
  if (status === 0) {
    return () => closeSync(descriptor);
  }
  closeSync(descriptor);
  if (status === HELD) {
    return undefined;
  }
  const how = error === undefined ? `exited ${status}` : 'cannot run';
  throw new CimError('process-failed', `lock ${home}: flock(1) ${how}`, {cause: error});
}
