import {existsSync, rmSync, writeFileSync} from 'node:fs';
import {hasApt} from './machine.mjs';
import {findExecutables, reasonOf, run} from './processes.mjs';
import {say, step} from './terminal.mjs';

const LOSS =
  'without udevadm, devices show less: the kernel tells no vendor, no model and no serial';

/**
 * Finds udevadm, or as root on a machine with apt installs it. Gives null, with a sentence, where
 * there is none: the console starts all the same.
 * @param {{env: NodeJS.ProcessEnv}} place
 * @returns {Promise<string | null>}
 */
export async function provideUdevadm({env}) {
  const found = findUdevadm(env);
  if (found) return found;
  if (process.getuid?.() !== 0 || !hasApt()) {
    say(`${LOSS}; install the package udev to have them`);
    return null;
  }
  const reason = await step(
    'installing udev by apt-get (2 MB, 10 MB installed; udevd is not started): it names devices',
    installUdev,
  );
  if (reason) say(`${LOSS}; apt-get said: ${reason}`);
  return findUdevadm(env);
}

/** @param {NodeJS.ProcessEnv} env */
function findUdevadm(env) {
  return (
    findExecutables('udevadm', env.PATH, ['/usr/bin', '/bin', '/usr/sbin', '/sbin'])[0] ?? null
  );
}

/** @returns {Promise<string | undefined>} why it did not work */
async function installUdev() {
  const apt = (/** @type {string[]} */ ...args) =>
    run('apt-get', ['-q', ...args], {env: {...process.env, DEBIAN_FRONTEND: 'noninteractive'}});
  const install = () => apt('install', '-y', '--no-install-recommends', 'udev');
  return await withoutServices(async () => {
    if ((await install()).code === 0) return undefined;
    // The lists of a new machine are empty or name files that are gone.
    await apt('update');
    const again = await install();
    return again.code === 0 ? undefined : reasonOf(again);
  });
}

/**
 * The package's own script would start udevd and trigger every device; Debian's way to forbid that
 * is a policy-rc.d that answers 101. One that is there already is left alone.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
async function withoutServices(work) {
  const policy = '/usr/sbin/policy-rc.d';
  if (existsSync(policy)) return await work();
  writeFileSync(policy, '#!/bin/sh\nexit 101\n', {mode: 0o755});
  const cleanUp = () => rmSync(policy, {force: true});
  process.once('exit', cleanUp);
  try {
    return await work();
  } finally {
    cleanUp();
    process.off('exit', cleanUp);
  }
}
