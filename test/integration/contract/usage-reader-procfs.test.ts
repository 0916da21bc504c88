import {execFile, spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, readdirSync} from 'node:fs';
import {open} from 'node:fs/promises';
import {basename} from 'node:path';
import {promisify} from 'node:util';

import {findProgram} from '#drivers/process/find-program.ts';
import {createUsageReader} from '#drivers/procfs/usage-reader.ts';
import {usageReaderSuite} from '#test/contract/usage-reader.suite.ts';
import {currentStage} from '#test/support/tiers/contract-run.ts';

const NODE = '/dev/full';
const BRIDGE = 'cimroute';

/** What a program prints, or nothing where it is missing or fails. */
async function askQuietly(file: string, ...args: readonly string[]): Promise<string> {
  try {
    return (await promisify(execFile)(findProgram(file) ?? file, [...args])).stdout.trim();
  } catch {
    return '';
  }
}

const ip = (...args: readonly string[]) => askQuietly('ip', ...args);

/** A box has a loopback only. */
async function makeRoute(): Promise<void> {
  await ip('link', 'add', BRIDGE, 'type', 'bridge');
  await ip('address', 'add', '10.78.0.1/24', 'dev', BRIDGE);
  await ip('link', 'set', BRIDGE, 'up');
  await ip('route', 'add', 'default', 'dev', BRIDGE);
}

async function findRootDisk(): Promise<string | null> {
  const source = await askQuietly('findmnt', '--noheadings', '--output=SOURCE', '/');
  return existsSync(`/sys/class/block/${basename(source)}/dev`) ? source : null;
}

function seesFilesOf(pid: number): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).length > 0;
  } catch {
    return false;
  }
}

/** A program that has the node open as its input. */
async function startHolder() {
  const input = await open(NODE, 'r');
  const child = spawn('sleep', ['600'], {stdio: [input.fd, 'ignore', 'ignore']});
  await once(child, 'spawn');
  await input.close();
  return child;
}

usageReaderSuite('procfs', async () => {
  const holder = await startHolder();
  if (currentStage() === 'box') await makeRoute();
  const [, routed = null] = / dev (\S+)/.exec(await ip('route', 'show', 'default')) ?? [];
  return {
    reader: createUsageReader(),
    held: {node: NODE, pid: holder.pid ?? 0, name: 'sleep'},
    freeNode: '/dev/cim-none',
    routed,
    rootDisk: await findRootDisk(),
    seesAll: seesFilesOf(1),
    async stop() {
      holder.kill();
      await once(holder, 'close');
      if (currentStage() === 'box') await ip('link', 'delete', BRIDGE);
    },
  };
});
