import {appendFile, chmod, mkdir, rm, symlink, writeFile} from 'node:fs/promises';
import {join} from 'node:path';

import {createLeafHome, type LeafHome} from './stage.ts';

/** Nodes of its serial ports below /dev: the last two bear one name. */
const NODES = ['ttyA0', 'ttyA1', 'ttyA2', 'left/ttyB0', 'right/ttyB0'] as const;

/** The name that two of its ports share. */
export const SHARED_NAME = 'ttyB0';

/** A leaf of a machine that is made of files: the same ports for every user, everywhere. */
export interface MadeUpLeaf extends LeafHome {
  /** A serial port comes, and the kernel tells of it. */
  plug(node: string): Promise<void>;
  unplug(node: string): Promise<void>;
}

/**
 * Stands for udevadm: it tells what is written to the file, and nothing of the kernel's. It goes
 * with the agent that started it.
 */
const UDEVADM = `#!/bin/sh
[ "$1" = monitor ] || exec echo 252
exec tail -n +1 --pid=$PPID -f "\${0%/*}/../uevents"
`;
const INTRODUCTION = 'monitor will print the received events for:\nKERNEL - the kernel uevent\n\n';

/** Makes the machine, with five serial ports, and a home for its leaf. No agent runs yet. */
export async function makeUpLeaf(): Promise<MadeUpLeaf> {
  const leaf = await createLeafHome();
  const root = join(leaf.home, 'sys');
  const bin = join(leaf.home, 'bin');
  const uevents = join(leaf.home, 'uevents');
  for (const [index, node] of NODES.entries()) {
    await makePort(root, index + 1, node);
  }
  await mkdir(bin);
  await writeFile(join(bin, 'udevadm'), UDEVADM);
  await chmod(join(bin, 'udevadm'), 0o755);
  await writeFile(uevents, INTRODUCTION);
  leaf.env.CIM_SYS_ROOT = root;
  leaf.env.PATH = `${bin}:${process.env.PATH}`;
  const nodes: string[] = [...NODES];
  const told = async (action: string, node: string): Promise<void> => {
    const paths = [chipOf(nodes.indexOf(node) + 1), ttyOf(nodes.indexOf(node) + 1, node)];
    const lines = (action === 'add' ? paths : paths.toReversed()).map((path, index) =>
      [
        `KERNEL[1.${index}] ${action} ${path}`,
        `ACTION=${action}`,
        `DEVPATH=${path}`,
        `SUBSYSTEM=${path.includes('/tty/') ? 'tty' : 'pnp'}`,
        `SEQNUM=${nodes.length * 10 + index}`,
        '\n',
      ].join('\n'),
    );
    await appendFile(uevents, lines.join(''));
  };
  return {
    ...leaf,
    async plug(node) {
      nodes.push(node);
      await makePort(root, nodes.length, node);
      await told('add', node);
    },
    async unplug(node) {
      await rm(join(root, chipOf(nodes.indexOf(node) + 1)), {recursive: true});
      await told('remove', node);
    },
  };
}

const chipOf = (number: number): string => `/devices/pnp0/00:0${number}`;
const ttyOf = (number: number, node: string): string =>
  `${chipOf(number)}/tty/${node.replace('/', '!')}`;

async function makePort(root: string, number: number, node: string): Promise<void> {
  const chip = join(root, chipOf(number));
  const tty = join(root, ttyOf(number, node));
  await mkdir(join(chip, 'firmware_node'), {recursive: true});
  await mkdir(tty, {recursive: true});
  await writeFile(join(chip, 'uevent'), 'DRIVER=serial\n');
  await writeFile(join(chip, 'id'), 'PNP0501\n');
  await writeFile(join(chip, 'firmware_node', 'hid'), 'PNP0501\n');
  await writeFile(join(chip, 'firmware_node', 'uid'), `${number}\n`);
  await symlink('../../../bus/pnp', join(chip, 'subsystem'));
  await writeFile(join(tty, 'uevent'), `MAJOR=240\nMINOR=${number}\nDEVNAME=${node}\n`);
  await writeFile(join(tty, 'type'), '4\n');
  await symlink('../../../../../class/tty', join(tty, 'subsystem'));
}
