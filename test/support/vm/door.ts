import {readFile, writeFile} from 'node:fs/promises';
import {createServer} from 'node:net';
import {join} from 'node:path';

import {Access} from '#test/support/plain-request.ts';
import {CIM_TUI} from '#test/support/stage.ts';
import {endOf, startTied} from '#test/support/tiers/children.ts';
import {until} from '#test/support/until.ts';
import type {Guest} from './guest.ts';

/** Runs a command line of cim-tui on the host against the leaf in a guest; gives its JSON lines. */
export type Door = (...args: readonly string[]) => Promise<readonly Record<string, unknown>[]>;

/** Where a kept guest's leaf is known by. */
const KEYS = {creds: 'root.creds', connection: 'connection.json'} as const;

/** Where guest/cim-relay.service listens, by QEMU's own network. */
const IN_GUEST = '10.0.2.15:4300';

/** Copies the leaf's credentials out of a guest that is about to be kept. */
export async function keepKeys({control}: Guest, folder: string): Promise<void> {
  const {stdout} = await control.run('cim-tui connect --json --timeout 60');
  const {creds} = Access.parse(JSON.parse(stdout));
  const {stdout: text} = await control.run(`cat ${creds}`);
  await writeFile(join(folder, KEYS.connection), stdout);
  await writeFile(join(folder, KEYS.creds), text, {mode: 0o600});
}

/** Opens a way in from a port of the loopback, for programs of the host. */
export async function openWay({qmp}: Guest, folder: string): Promise<Access> {
  const tcpPort = await freePort();
  const forward = `hostfwd_add lan tcp:127.0.0.1:${tcpPort}-${IN_GUEST}`;
  const refused = await qmp.execute('human-monitor-command', {'command-line': forward});
  if (refused !== '') throw new Error(`open a way into the guest: ${refused}`);
  const text = await readFile(join(folder, KEYS.connection), 'utf8');
  return {
    ...Access.parse(JSON.parse(text)),
    url: `nats://127.0.0.1:${tcpPort}`,
    creds: join(folder, KEYS.creds),
  };
}

/** Exit code; an agent that was held up for long starts anew. */
const NOBODY_ANSWERS = 4;
const HEAR_LIMIT_MS = 90_000;

/** A cim-tui of the host at the guest's leaf: one in the guest would take 10 s to start. */
export async function openDoor(guest: Guest, folder: string): Promise<Door> {
  const {leaf, url, creds} = await openWay(guest, folder);
  const reach = ['--nats', url, '--leaf', leaf, '--creds', creds, '--timeout', '30', '--json'];
  const ask = (args: readonly string[]) => endOf(startTied(CIM_TUI, [...args, ...reach]));
  return async (...args) => {
    const {code, stdout, stderr} = await until(
      () => ask(args),
      (ended) => ended.code !== NOBODY_ANSWERS,
      HEAR_LIMIT_MS,
    );
    if (code !== 0) throw new Error(`cim-tui ${args.join(' ')}: exit ${code}: ${stderr}`);
    const lines = stdout.split('\n').filter((line) => line !== '');
    return lines.map((line) => JSON.parse(line));
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
      server.close(() => resolve(port));
    });
  });
}
