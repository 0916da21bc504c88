import {createHash} from 'node:crypto';
import {existsSync} from 'node:fs';
import {mkdir, readdir, readFile, rename, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';

import type {ProcessRunner} from '#contracts/process-runner.ts';
import type {RevertGuard, RevertOutcome, RevertPlan} from '#contracts/revert-guard.ts';
import {CimError} from '#domain/errors.ts';
import {revertScript} from './script.ts';

export interface RevertGuardOptions {
  readonly runner: ProcessRunner;
  /** Folder of all guards; made when first needed. */
  readonly folder: string;
  /** systemd is the first process: the guard is a timer of its own. Looked up when left out. */
  readonly hasSystemd?: boolean;
}

const TIMEOUT_MS = 10_000;
/** A guard that has begun has ended within this: each of its steps is short. */
const ACTS_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 50;

/** Guards as scripts in a folder, each a timer or a process of its own. */
export function createRevertGuard(options: RevertGuardOptions): RevertGuard {
  const {folder, runner, hasSystemd = existsSync('/run/systemd/system')} = options;
  const placeOf = (id: string): string => join(folder, id);
  return {
    arm: (plan, signal) => arm({runner, folder, hasSystemd}, plan, signal),
    async disarm(id, signal) {
      const place = placeOf(id);
      if (!existsSync(join(place, 'revert.sh')) || (await take(place))) {
        return null;
      }
      return await untilActed(place, signal);
    },
    async fire(id, signal) {
      const place = placeOf(id);
      if (!existsSync(join(place, 'revert.sh'))) {
        return null;
      }
      // It does nothing where the guard has begun already.
      await runner.run('sh', [join(place, 'revert.sh')], {
        timeoutMs: ACTS_WITHIN_MS,
        signal,
      });
      return await untilActed(place, signal);
    },
    outcome: (id) => readOutcome(placeOf(id)),
    // No folder: nothing was ever armed.
    list: () => readdir(folder).catch(() => []),
    async forget(id) {
      await rm(placeOf(id), {recursive: true, force: true});
      if (hasSystemd) {
        // One that has elapsed is gone already: there is nothing to stop then.
        await runner.run('systemctl', ['stop', `${unitOf(folder, id)}.timer`], {
          timeoutMs: TIMEOUT_MS,
        });
      }
    },
  };
}

async function arm(
  {runner, folder, hasSystemd}: Required<RevertGuardOptions>,
  {id, afterSeconds, steps}: RevertPlan,
  signal: AbortSignal,
): Promise<void> {
  const place = join(folder, id);
  const script = join(place, 'revert.sh');
  const seconds = String(afterSeconds);
  const argv = hasSystemd
    ? [
        'systemd-run',
        '--quiet',
        '--collect',
        `--unit=${unitOf(folder, id)}`,
        `--on-active=${seconds}s`,
        '--timer-property=AccuracySec=100ms',
        '/bin/sh',
        script,
      ]
    : ['setsid', '--fork', '/bin/sh', script, seconds];
  const [file = '', ...args] = argv;
  try {
    if (hasSystemd && existsSync(place)) {
      // One that was armed and never ended: its timer bears the same name.
      await runner.run('systemctl', ['stop', `${unitOf(folder, id)}.timer`], {
        timeoutMs: TIMEOUT_MS,
      });
    }
    await rm(place, {recursive: true, force: true});
    await mkdir(place, {recursive: true, mode: 0o700});
    await writeFile(`${script}.new`, revertScript(place, steps), {mode: 0o700, flush: true});
    await rename(`${script}.new`, script);
    const {exitCode, stderr} = await runner.run(file, args, {timeoutMs: TIMEOUT_MS, signal});
    if (exitCode !== 0) {
      throw new CimError('process-failed', `${file} exited ${exitCode}: ${stderr.trim()}`);
    }
  } catch (cause) {
    await rm(place, {recursive: true, force: true});
    signal.throwIfAborted();
    const words = cause instanceof Error ? cause.message : String(cause);
    throw new CimError('guard-failed', `prepare the way back of ${id}: ${words}`, {cause});
  }
}

/** Of this folder: another home on this machine has guards of its own. */
const unitOf = (folder: string, id: string): string => {
  const home = createHash('sha256').update(folder).digest('hex').slice(0, 8);
  return `cim-revert-${home}-${id}`;
};

/** True: the guard has not begun, and never will. */
async function take(place: string): Promise<boolean> {
  try {
    await mkdir(join(place, 'taken'));
    return true;
  } catch {
    return false; // it is there: the guard was quicker
  }
}

async function untilActed(place: string, signal: AbortSignal): Promise<RevertOutcome> {
  const endMs = performance.now() + ACTS_WITHIN_MS;
  for (;;) {
    const outcome = await readOutcome(place);
    if (outcome !== null) {
      return outcome;
    }
    signal.throwIfAborted();
    if (performance.now() > endMs) {
      return {at: new Date().toISOString(), failed: 'it was begun, and did not come to its end'};
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

async function readOutcome(place: string): Promise<RevertOutcome | null> {
  const text = await readFile(join(place, 'outcome'), 'utf8').catch(() => undefined);
  const [at = '', ...failed] = text?.trim().split('\n') ?? [];
  return text === undefined ? null : {at, failed: failed.length === 0 ? null : failed.join('; ')};
}
