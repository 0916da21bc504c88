import {PROVIDE_CONTAINERS} from '#test/support/tiny-container.ts';
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

/** Makes a root of busybox alone, which they share, and their unit. */
export async function provideContainers(box: Box): Promise<BoxContainers> {
  await box.ask('sh', '-c', PROVIDE_CONTAINERS);
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
