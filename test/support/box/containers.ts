import {chmod, cp, mkdir, symlink, writeFile} from 'node:fs/promises';

import {until} from '#test/support/until.ts';
import type {Box} from './box.ts';

/** Containers in a box: real ones, by systemd-nspawn, each a unit as NixOS has them. */
export interface BoxContainers {
  /** Starts one; resolves when it runs. */
  run(name: string): Promise<void>;
  /** Stops it in order; resolves when it is gone. */
  close(name: string): Promise<void>;
  /** Kills all its processes; resolves when machined has noticed. */
  kill(name: string): Promise<void>;
}

/** The address that every one of them gives itself. */
export const CONTAINER_ADDRESS = '10.233.1.2';

const TREE = '/var/lib/machines/tiny';

const START = `#!/bin/sh
/bin/busybox ip addr add ${CONTAINER_ADDRESS}/24 dev host0
/bin/busybox ip link set host0 up
trap '/bin/busybox sleep 0.5; exit 0' TERM
while :; do /bin/busybox sleep 3600 & wait; done
`;

/** It is activating, and deactivating, long enough to be seen so. */
const UNIT = `[Service]
Type=notify
ExecStart=systemd-nspawn --quiet --keep-unit --machine=%i --directory=${TREE} --read-only --network-veth --kill-signal=SIGTERM /start
ExecStartPost=sleep 0.3
KillMode=mixed
Delegate=yes
Slice=machine.slice
TimeoutStopSec=10
`;

/** Makes a root of busybox alone, which they share, and their unit. */
export async function provideContainers(box: Box): Promise<BoxContainers> {
  const tree = box.path(TREE);
  for (const folder of ['bin', 'dev', 'etc', 'proc', 'run', 'sys', 'tmp', 'usr', 'var']) {
    await mkdir(`${tree}/${folder}`, {recursive: true});
  }
  await cp(box.path('/usr/bin/busybox'), `${tree}/bin/busybox`);
  await symlink('busybox', `${tree}/bin/sh`);
  await writeFile(`${tree}/etc/os-release`, 'ID=tiny\n');
  await writeFile(`${tree}/etc/localtime`, '');
  await writeFile(`${tree}/start`, START);
  await chmod(`${tree}/start`, 0o755);
  await writeFile(box.path('/etc/systemd/system/container@.service'), UNIT);
  await box.ask('systemctl', 'daemon-reload');
  const isThere = async (name: string): Promise<boolean> => {
    const {code} = await box.run('machinectl', 'show', name);
    return code === 0;
  };
  return {
    async run(name) {
      await box.ask('systemctl', 'start', `container@${name}.service`);
    },
    async close(name) {
      await box.ask('systemctl', 'stop', `container@${name}.service`);
    },
    async kill(name) {
      await box.ask('systemctl', 'kill', '--signal=KILL', `container@${name}.service`);
      await until(
        () => isThere(name),
        (there) => !there,
      );
      await box.ask('systemctl', 'reset-failed', `container@${name}.service`);
      // nspawn had no time to do so, and would refuse the name.
      const left = `/run/systemd/nspawn/unix-export/${name}`;
      await box.run('umount', left);
      await box.ask('rm', '--recursive', '--force', left);
    },
  };
}
