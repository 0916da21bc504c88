import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';

import {z} from 'zod';

import {connectBy} from '#test/support/plain-request.ts';
import {until} from '#test/support/until.ts';
import {type Door, openDoor, openWay} from './door.ts';
import {bootAgain, type Guest} from './guest.ts';
import {followLines} from './line-stream.ts';
import {BOOT_UNITS, bootWords, nameOfUnit} from './usb-at-boot.ts';
import {openVm, type Vm} from './vm.ts';

/** What was acknowledged before a power cut, and the machine that has booted after it. */
export interface PowerCut {
  /** Lines `sequence id` that the agent has answered with. */
  readonly acknowledged: readonly string[];
  /** Of MESSAGES plain messages that a server acknowledged, those that it has no more. */
  readonly lost: Readonly<Record<Sync, number>>;
  readonly booted: Guest;
  readonly leaf: Door;
  stop(): Promise<void>;
}

/** The power fails when the agent has acknowledged this many. */
export const BEFORE_CUT = 400;
/** Wishes under way at once. */
const WINDOW = 50;
export const MESSAGES = 1000;
const ANSWER_LIMIT_MS = 20_000;
/** A leaf that does not answer has enough to do. */
const AGAIN_MS = 500;

/** The servers of the control run: one that syncs as ours does, one as it comes. */
type Sync = 'always' | 'default';
const SYNCS = ['always', 'default'] as const;
const TCP_PORTS = {always: 5222, default: 5223} as const;

const FOLDER = '/var/lib/control';
const PUBLISHER = readFileSync(join(import.meta.dirname, 'publish.ts')).toString('base64');

/**
 * Cuts the power of a guest while its agent stores events, and boots it with something in each of
 * the sockets that roles were bound to before.
 */
export async function cutPower(place: {base: string; warm: string}): Promise<PowerCut> {
  const vm = await openVm(place);
  try {
    await bindRoles(vm);
    await startControl(vm);
    const wishes = await startWishing(vm, place.warm);
    await until(
      () => wishes.acknowledged.length,
      (count) => count >= BEFORE_CUT,
      240_000,
    );
    await publish(vm, 'always');
    await publish(vm, 'default');
    await vm.guest.cut();
    await wishes.stop();
    const extra = BOOT_UNITS.flatMap(bootWords);
    const booted = await bootAgain({image: place.base, extra}, vm.guest);
    return {
      acknowledged: wishes.acknowledged,
      lost: await countLost(booted),
      booted,
      leaf: await untilServed(booted, place.warm),
      async stop() {
        await booted.cut();
        await vm.stop();
      },
    };
  } catch (error) {
    await vm.stop();
    throw error;
  }
}

async function bindRoles(vm: Vm): Promise<void> {
  for (const unit of BOOT_UNITS) {
    const place = ['--port', `1-${unit.socket}`, '--class', unit.class];
    await vm.json('role', 'bind', nameOfUnit(unit), ...place);
  }
}

interface Wishes {
  /** `sequence id` of each event that was answered with. */
  readonly acknowledged: readonly string[];
  stop(): Promise<void>;
}

/** Gives a port one label after the other, always a few at once, until the leaf is gone. */
async function startWishing(vm: Vm, folder: string): Promise<Wishes> {
  const [port] = await vm.json('port', 'list');
  const program = await connectBy(await openWay(vm.guest, folder), ANSWER_LIMIT_MS);
  const acknowledged: string[] = [];
  let count = 0;
  let isOver = false;
  const wishOn = async (): Promise<void> => {
    while (!isOver) {
      count += 1;
      const request = {target: port?.id, data: {label: `cut ${count}`}};
      // What is refused with the power is not acknowledged.
      const answer = await program.wish('port', 'label', request).catch(() => undefined);
      const body = Stored.safeParse(answer?.body);
      if (body.success) {
        acknowledged.push(...body.data.events.map((id) => `${body.data.sequence} ${id}`));
      } else {
        await pause(AGAIN_MS);
      }
    }
  };
  const wishing = Array.from({length: WINDOW}, wishOn);
  return {
    acknowledged,
    async stop() {
      isOver = true;
      await program.close();
      await Promise.all(wishing);
    },
  };
}

const Stored = z.object({events: z.array(z.string()), sequence: z.number()});

/**
 * Each server has a stream with one message, and all of that is on the disk: a stream that was made
 * a moment before a cut may be gone as a whole, which is another matter. From then on the kernel
 * writes by itself only what has lain for an hour, so that what is asked for shows.
 */
async function startControl({ask}: Vm): Promise<void> {
  await ask(`mkdir -p ${FOLDER}; echo ${PUBLISHER} | base64 -d >${FOLDER}/publish.ts`);
  for (const sync of SYNCS) {
    await ask(`${printServer(sync)} node ${FOLDER}/publish.ts ${TCP_PORTS[sync]} 1`);
  }
  await ask('sync; sysctl --quiet vm.dirty_writeback_centisecs=0 vm.dirty_expire_centisecs=360000');
}

/** Publishes until the server has acknowledged all. */
async function publish({guest}: Vm, sync: Sync): Promise<void> {
  const script = `exec node ${FOLDER}/publish.ts ${TCP_PORTS[sync]} ${MESSAGES - 1}`;
  const told = followLines(guest.channel(sync === 'always' ? 6 : 7), script);
  await told.find((text) => text === String(MESSAGES), {limitMs: 120_000});
}

async function countLost({control}: Guest): Promise<PowerCut['lost']> {
  const count = async (sync: Sync): Promise<number> => {
    const script = `${printServer(sync)} node ${FOLDER}/publish.ts ${TCP_PORTS[sync]} 0`;
    const {code, stdout, stderr} = await control.run(script);
    // A stream that has never reached the disk is all lost.
    if (code !== 0 && !stderr.includes('stream not found'))
      throw new Error(`count ${sync}: ${stderr}`);
    return MESSAGES - Number(stdout);
  };
  return {always: await count('always'), default: await count('default')};
}

/** Shell lines that start a server of the control run, and wait for it. */
const printServer = (sync: Sync): string => `
  printf '%s\\n' 'listen: 127.0.0.1:${TCP_PORTS[sync]}' \\
    'jetstream { store_dir: ${FOLDER}/${sync}${sync === 'always' ? ', sync_interval: always' : ''} }' \\
    >${FOLDER}/${sync}.conf
  systemd-run --quiet --unit=control-${sync} nats-server -c ${FOLDER}/${sync}.conf
  until (exec 3<>/dev/tcp/127.0.0.1/${TCP_PORTS[sync]}) 2>/dev/null; do sleep 0.1; done
`;

async function untilServed(guest: Guest, warm: string): Promise<Door> {
  const leaf = await openDoor(guest, warm);
  await until(
    () => leaf('status').catch(() => []),
    ({length}) => length === 1,
    180_000,
  );
  return leaf;
}
