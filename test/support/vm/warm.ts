import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {stat, truncate} from 'node:fs/promises';
import {join} from 'node:path';

import {readArchitecture} from '#bin/setup/debian-source.mjs';
import {printUnit, readAgentUnit} from '#test/support/agent-unit.ts';
import {ROOT} from '#test/support/stage.ts';
import {provideStage, type StageRecipe} from '#test/support/tiers/cached-stage.ts';
import {runTied} from '#test/support/tiers/children.ts';
import {until} from '#test/support/until.ts';
import {keepKeys} from './door.ts';
import {type Guest, SEED_BYTES} from './guest.ts';
import {openGuestScreen} from './guest-screen.ts';
import {baseRecipe, provideBase} from './image.ts';
import {keepGuest} from './keep.ts';
import {followLines, type LineStream} from './line-stream.ts';
import {createUsb} from './usb.ts';

/** Where everything starts at once, one may wait in vain for another. */
const again = (command: string): string => `while :; do ${command}; sleep 1; done`;

/** What runs in a warm guest already, each on a channel of its own. */
export const WARM = {
  /** Lines of `udevadm monitor --udev`. */
  udev: {channel: 1, script: 'exec udevadm monitor --udev'},
  /** Lines of `port watch --json`. */
  ports: {channel: 2, script: again('cim-tui port watch --json --timeout 60')},
  /** The console. */
  console: {channel: 3, script: again('TERM=xterm-256color cim-tui --timeout 60')},
} as const;

const HOUR_MS = 60 * 60 * 1000;
/** A watch that has to start anew is heard with the next adapter. */
const HEAR_LIMIT_MS = 60_000;
const TRIES = 4;
const READY_LIMIT_MS = 240_000;
const FOLDER = '/opt/cim-leaf';

/** A base guest and the same with the bundle, where a leaf runs. */
export type ProvidedWarm = {readonly base: string; readonly warm: string} | {readonly lack: string};

/**
 * Finds a guest in which the agent of this bundle runs and a console watches it, or makes one of the
 * base: 60 s, once for a bundle. Those of older bundles are soon removed.
 */
export async function provideWarm(env: NodeJS.ProcessEnv = process.env): Promise<ProvidedWarm> {
  const base = await provideBase(env);
  if ('lack' in base) return base;
  const build = (folder: string) => makeWarm(base.folder, folder);
  const warm = await provideStage(await warmRecipe(), build, env);
  return {base: base.folder, warm};
}

async function warmRecipe(): Promise<StageRecipe> {
  const unit = printUnit(readAgentUnit(FOLDER));
  const bundle = readFileSync(join(ROOT, 'dist', 'BUILD'), 'utf8');
  const launcher = readFileSync(join(ROOT, 'bin', 'cim-tui'), 'utf8');
  const base = createHash('sha256')
    .update(JSON.stringify(await baseRecipe()))
    .digest('hex');
  const parts = {base, bundle, launcher, unit, runs: WARM, revision: 1};
  return {name: 'vm-warm', architecture: await readArchitecture(), parts, keepMs: HOUR_MS};
}

async function makeWarm(base: string, folder: string): Promise<void> {
  const seed = join(folder, 'seed');
  await runTied('tar', '-czf', seed, '-C', ROOT, 'bin/cim-tui', 'dist', 'package.json');
  const {size} = await stat(seed);
  if (size > SEED_BYTES) throw new Error(`the bundle has ${size} bytes, more than its disk`);
  await truncate(seed, SEED_BYTES);
  await keepGuest({image: base, from: base, seed, folder}, async (guest) => {
    await install(guest);
    followLines(guest.channel(WARM.udev.channel), WARM.udev.script);
    const ports = followLines(guest.channel(WARM.ports.channel), WARM.ports.script);
    await untilConnected(guest, 2);
    const screen = openGuestScreen(guest.channel(WARM.console.channel), WARM.console.script);
    await screen.shows(/LIVE/, READY_LIMIT_MS);
    await plugOnce(guest, ports);
    await keepKeys(guest, folder);
  });
}

/** One after the other: all at once they would wait for each other longer than they do. */
async function untilConnected({control}: Guest, count: number): Promise<void> {
  await until(
    () => control.run("ss -Htn state established '( dport = :4222 )'"),
    ({stdout}) => stdout.split('\n').filter((line) => line !== '').length >= count,
    READY_LIMIT_MS,
  );
}

/** All of them are heard once: they run, and have done before what tests will measure. */
async function plugOnce(guest: Guest, ports: LineStream): Promise<void> {
  const plug = createUsb(guest);
  for (let tries = 1; ; tries += 1) {
    const serial = `WARM000${tries}`;
    const adapter = await plug({driver: 'usb-serial', port: '8', serial});
    const isHeard = await ports
      .find((text) => text.includes(serial), {limitMs: HEAR_LIMIT_MS})
      .then(
        () => true,
        () => false,
      );
    await adapter.unplug();
    if (isHeard) break;
    if (tries === TRIES) throw new Error(`no line of port watch for ${tries} adapters`);
  }
  await ports.find((text) => text.includes('"state":"absent"'), {limitMs: READY_LIMIT_MS});
}

const UNIT = '/etc/systemd/system/cim-agent.service';

/** Unpacks the bundle from the second disk, and starts the agent as a unit. */
async function install(guest: Guest): Promise<void> {
  const unit = Buffer.from(printUnit(readAgentUnit(FOLDER))).toString('base64');
  const {code, stderr} = await guest.control.run(`
    set -e
    mkdir -p ${FOLDER}
    # Behind the archive the disk is empty, which gunzip says with 2.
    dd if=/dev/vdb bs=1M iflag=direct status=none | gunzip -q >/run/bundle.tar || [ $? = 2 ]
    tar -x -f /run/bundle.tar -C ${FOLDER}
    rm /run/bundle.tar
    ln -s ${FOLDER}/bin/cim-tui /usr/local/bin/cim-tui
    echo ${unit} | base64 -d >${UNIT}
    systemctl daemon-reload
    systemctl enable --now cim-agent
  `);
  if (code !== 0) throw new Error(`start the agent in a guest: ${stderr}`);
  await until(
    async () => (await guest.control.run('journalctl -o cat -u cim-agent')).stdout,
    (journal) => journal.includes(' is ready at '),
    READY_LIMIT_MS,
  );
}
