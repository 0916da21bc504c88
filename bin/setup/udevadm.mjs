import {hasApt} from './machine.mjs';
import {installPackages} from './machine-packages.mjs';
import {findExecutables} from './processes.mjs';
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
    () => installPackages(['udev']),
  );
  if (reason) say(`${LOSS}; ${reason}`);
  return findUdevadm(env);
}

/** @param {NodeJS.ProcessEnv} env */
function findUdevadm(env) {
  return (
    findExecutables('udevadm', env.PATH, ['/usr/bin', '/bin', '/usr/sbin', '/sbin'])[0] ?? null
  );
}
