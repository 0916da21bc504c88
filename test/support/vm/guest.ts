import type {ChildProcess} from 'node:child_process';
import {copyFile, mkdtemp, readFile, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

import {endOf, runTied} from '#test/support/tiers/children.ts';
import {startKeeper} from '#test/support/tiers/keeper.ts';
import {until} from '#test/support/until.ts';
import {type Channel, openChannel} from './channel.ts';
import {CHANNELS, channelSocket, qmpSocket, startQemu} from './qemu.ts';
import {connectQmp, type Qmp} from './qmp.ts';

/** A running QEMU with its lines. */
export interface Guest {
  readonly qmp: Qmp;
  /** For commands that a test waits for. */
  readonly control: Channel;
  /** The other consoles, 1 to 7; nobody else opens the one that is asked for. */
  channel(index: number): Channel;
  /** Its disk and its folder. */
  readonly disk: string;
  readonly folder: string;
  /** Ends it as a power cut does: what it had not written is gone. The disk stays. */
  cut(): Promise<void>;
  /** Ends it, and removes its folder. */
  stop(): Promise<void>;
}

/** Where a kept guest's parts lie. */
export interface KeptGuest {
  /** Kernel and disk that all begin with. */
  readonly image: string;
  /** Memory, state and disk of the moment; undefined: boots. */
  readonly from: string | undefined;
  /** A file of SEED_BYTES that the guest sees as its second disk; else that disk is empty. */
  readonly seed?: string | undefined;
  /** Its memory is to be kept, too: it goes to a file of its own. */
  readonly isToKeep?: boolean;
  /** Words for QEMU of a guest that boots: what is plugged in from the start. */
  readonly extra?: readonly string[] | undefined;
}

export const KEPT = {memory: 'memory', state: 'state', disk: 'disk.qcow2'} as const;

/** Size of the second disk, in each guest. */
export const SEED_BYTES = 16 * 2 ** 20;

const START_LIMIT_MS = 20_000;

/** Starts a guest: from a kept one in half a second; without one it boots, in half a minute. */
export async function startGuest(kept: KeptGuest): Promise<Guest> {
  const {image, from} = kept;
  const folder = await mkdtemp(join(tmpdir(), 'cim-vm-'));
  const keeper = startKeeper('exec rm -rf "$@"', folder);
  const disk = join(folder, KEPT.disk);
  try {
    if (from === undefined) {
      await runTied(
        'qemu-img',
        ...['create', '-q', '-f', 'qcow2', '-F', 'raw'],
        ...['-b', join(image, 'disk.raw'), disk],
      );
    } else {
      await copyFile(join(from, KEPT.disk), disk);
    }
    return await startOn({...kept, folder, disk}, () => keeper.release());
  } catch (error) {
    await keeper.release();
    throw error;
  }
}

/** Boots a guest from the disk of one that was cut, with what is plugged in from the start. */
export function bootAgain(
  {image, extra}: Pick<KeptGuest, 'image' | 'extra'>,
  {folder, disk}: Guest,
): Promise<Guest> {
  return startOn({image, extra, from: undefined, folder, disk}, async () => {});
}

interface Place extends KeptGuest {
  readonly folder: string;
  readonly disk: string;
}

async function startOn(place: Place, remove: () => Promise<void>): Promise<Guest> {
  const {image, from, folder, disk, seed, isToKeep = false, extra = []} = place;
  const own = join(folder, KEPT.memory);
  const memory = from === undefined || isToKeep ? own : join(from, KEPT.memory);
  if (from !== undefined && isToKeep) await copySparsely(join(from, KEPT.memory), own);
  const noSeed = join(folder, 'seed');
  if (seed === undefined) await writeFile(noSeed, new Uint8Array(SEED_BYTES));
  const child = startQemu({
    image,
    disk,
    seed: seed ?? noSeed,
    folder,
    memory,
    isMemoryShared: memory === own,
    extra: from === undefined ? extra : ['-incoming', 'defer'],
  });
  const end = endOf(child);
  const cut = async (): Promise<void> => {
    child.kill('SIGKILL');
    await end;
  };
  try {
    const qmp = await untilListening(child, folder);
    if (from !== undefined) await wake(qmp, join(from, KEPT.state));
    const channels = new Map<number, Channel>();
    const channel = (index: number): Channel => {
      const open = channels.get(index) ?? openChannel(channelSocket(folder, index));
      channels.set(index, open);
      return open;
    };
    const control = channel(0);
    if (from === undefined) {
      const booted = Array.from({length: CHANNELS}, (_, index) => channel(index).isReady());
      await Promise.all(booted);
    } else {
      await qmp.execute('cont');
    }
    return {
      qmp,
      control,
      channel,
      disk,
      folder,
      cut,
      async stop() {
        await cut();
        await remove();
      },
    };
  } catch (error) {
    await cut();
    const {stderr} = await end;
    const serial = await readFile(join(folder, 'serial.log'), 'utf8').catch(() => '');
    throw new Error(`start a guest: ${stderr}${serial.slice(-500)}`, {cause: error});
  }
}

/** A path as one word for the shell that QEMU starts. */
export const quote = (path: string): string => `'${path.replaceAll("'", "'\\''")}'`;

/** Copies what is mostly holes. */
export const copySparsely = (from: string, to: string): Promise<string> =>
  runTied('cp', '--sparse=always', from, to);

async function untilListening(child: ChildProcess, folder: string): Promise<Qmp> {
  const path = qmpSocket(folder);
  const qmp = await until(
    () => connectQmp(path).catch(() => undefined), // not there yet, or another guest's that is gone
    (connected) => connected !== undefined || child.exitCode !== null,
    START_LIMIT_MS,
  );
  if (qmp === undefined) throw new Error(`QEMU ended with ${child.exitCode}`);
  return qmp;
}

/** Reads what the guest was when it was kept. Its memory is mapped, not read. */
async function wake(qmp: Qmp, state: string): Promise<void> {
  await shareMemory(qmp);
  await qmp.execute('migrate-incoming', {uri: `exec:cat ${quote(state)}`});
  await untilMigrated(qmp);
}

/** Keeps memory out of what is written and read: it lies in a file already. */
export const shareMemory = (qmp: Qmp): Promise<unknown> =>
  qmp.execute('migrate-set-capabilities', {
    capabilities: [{capability: 'x-ignore-shared', state: true}],
  });

/** Waits until the state is written or read. @throws an Error with QEMU's words */
export async function untilMigrated(qmp: Qmp): Promise<void> {
  const answer = await until(
    () => qmp.execute('query-migrate'),
    (found) => /"status":"(completed|failed)"/.test(JSON.stringify(found)),
    START_LIMIT_MS,
  );
  const words = JSON.stringify(answer);
  if (words.includes('failed')) throw new Error(`keep or wake a guest: ${words}`);
}
