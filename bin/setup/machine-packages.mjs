import {spawn} from 'node:child_process';
import {existsSync, writeFileSync} from 'node:fs';
import {hasApt} from './machine.mjs';
import {reasonOf, run} from './processes.mjs';

/**
 * Installs packages of this machine's own Debian, without starting what they bring. Gives the
 * reason where it cannot.
 * @param {readonly string[]} names
 * @returns {Promise<string | undefined>}
 */
export async function installPackages(names) {
  const list = names.join(' ');
  if (!hasApt()) return `no apt-get here to install ${list}`;
  if (process.getuid?.() !== 0) return `not root; install ${list}`;
  const apt = (/** @type {string[]} */ ...args) =>
    run('apt-get', ['-q', ...args], {env: {...process.env, DEBIAN_FRONTEND: 'noninteractive'}});
  const install = () => apt('install', '-y', '--no-install-recommends', ...names);
  return await withoutServices(async () => {
    if ((await install()).code === 0) return undefined;
    // The lists of a new machine are empty or name files that are gone.
    await apt('update');
    const again = await install();
    return again.code === 0 ? undefined : `apt-get said: ${reasonOf(again)}`;
  });
}

/**
 * A package's own script may start what it brings (udevd would trigger every device); Debian's way
 * to forbid that is a policy-rc.d that answers 101. One that is there already is left alone. Ours is
 * removed by a shell that waits for us to be done, or gone, whatever ended us.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
async function withoutServices(work) {
  const policy = '/usr/sbin/policy-rc.d';
  if (existsSync(policy)) return await work();
  const remover = spawn('sh', ['-c', 'read -r _; rm -f "$1"', 'remover', policy], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const removed = new Promise((resolve) => remover.once('close', resolve));
  writeFileSync(policy, '#!/bin/sh\nexit 101\n', {mode: 0o755});
  try {
    return await work();
  } finally {
    remover.stdin.end();
    await removed;
  }
}
