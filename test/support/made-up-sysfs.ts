import {mkdir, symlink, writeFile} from 'node:fs/promises';
import {join} from 'node:path';

/** Nodes of its serial ports below /dev: the last two bear one name. */
const NODES = ['ttyA0', 'ttyA1', 'ttyA2', 'left/ttyB0', 'right/ttyB0'] as const;

/** The name that two of its ports share. */
export const SHARED_NAME = 'ttyB0';

/**
 * Writes the sysfs of a machine with five serial ports, for `CIM_SYS_ROOT`: the same ports for
 * every user on every machine. What goes on in the kernel does not reach it.
 */
export async function makeSysfs(root: string): Promise<void> {
  for (const [index, node] of NODES.entries()) {
    const chip = join(root, 'devices', 'pnp0', `00:0${index}`);
    const tty = join(chip, 'tty', node.replace('/', '!'));
    await mkdir(join(chip, 'firmware_node'), {recursive: true});
    await mkdir(tty, {recursive: true});
    await writeFile(join(chip, 'uevent'), 'DRIVER=serial\n');
    await writeFile(join(chip, 'id'), 'PNP0501\n');
    await writeFile(join(chip, 'firmware_node', 'hid'), 'PNP0501\n');
    await writeFile(join(chip, 'firmware_node', 'uid'), `${index + 1}\n`);
    await symlink('../../../bus/pnp', join(chip, 'subsystem'));
    await writeFile(join(tty, 'uevent'), `MAJOR=240\nMINOR=${index}\nDEVNAME=${node}\n`);
    await writeFile(join(tty, 'type'), '4\n');
    await symlink('../../../../../class/tty', join(tty, 'subsystem'));
  }
}
