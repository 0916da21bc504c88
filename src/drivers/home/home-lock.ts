import {spawnSync} from 'node:child_process';
import {closeSync, mkdirSync, openSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';

import {CimError} from '#domain/errors.ts';

/** What flock(1) of util-linux and of busybox exits with where another holds the lock. */
const HELD = 1;
/** A standby asks for the lock this often. */
const ASK_EVERY_MS = 500;

export interface StandbyOptions {
  /** false: a home that is in use is an error at once. */
  readonly mayStandBy: boolean;
  /** Called once when another process holds the home and this one begins to wait. */
  readonly onStandby: () => void;
  readonly signal: AbortSignal;
}

/**
 * Locks a home as `lockHome` does, where need be after whoever holds it has ended. It asks again
 * and again: a flock(1) that waits would outlive us, and take the lock for one that is stopped.
 * @throws CimError `home-in-use`, `process-failed`; the signal's reason when aborted
 */
export async function takeHome(
  home: string,
  {mayStandBy, onStandby, signal}: StandbyOptions,
): Promise<() => void> {
  let unlock = lockHome(home);
  if (unlock === undefined && !mayStandBy) {
    throw new CimError('home-in-use', `serve ${home}: another agent runs there`);
  }
  if (unlock === undefined) {
    onStandby();
  }
  while (unlock === undefined) {
    await pause(ASK_EVERY_MS, undefined, {signal});
    unlock = lockHome(home);
  }
  return unlock;
}

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
