import {type ChildProcess, spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, writeFileSync} from 'node:fs';
import {rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

import type {Ended} from '#test/support/stage.ts';
import {endOf, startTied} from '#test/support/tiers/children.ts';

/** A Nix whose store, state, settings and home are a test's own. Needs no root. */
export interface NixStage {
  /** Holds `store`, `state`, `log`, `home` and `tmp`; a test may add what it likes. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  /** `nix` with these arguments, to its end. */
  nix(...args: readonly string[]): Promise<Ended>;
  /** What `nix` prints. @throws an Error with its last words when it exits with another code than 0 */
  ask(...args: readonly string[]): Promise<string>;
  /** Another program where this Nix is, to its end: `nix-env`, a script of the store. */
  run(program: string, ...args: readonly string[]): Promise<Ended>;
  /** The same, still running. It ends with us, also when we are killed. */
  start(program: string, ...args: readonly string[]): ChildProcess;
  /** Ends what still runs, removes the folder. */
  stop(): Promise<void>;
}

/**
 * No sandbox, as that needs root; nothing is fetched; no helper process: Nix would start it by
 * /proc/self/exe, which is the loader here.
 */
const CONFIG = `experimental-features = nix-command flakes
sandbox = false
substituters =
build-users-group =
flake-registry =
build-hook =
builders =
`;

/** Makes a stage with the Nix of a folder. `await stage.stop()` afterwards, always. */
export function createNixStage(nixFolder: string): NixStage {
  const folder = mkdtempSync(join(tmpdir(), 'cim-nix-'));
  for (const name of ['home', 'tmp', 'etc']) mkdirSync(join(folder, name));
  // The checkout may belong to somebody else than the one who tests it.
  writeFileSync(join(folder, 'home', '.gitconfig'), '[safe]\n\tdirectory = *\n');
  const env = environmentOf(folder, nixFolder);
  const running = new Set<ChildProcess>();
  const start = (program: string, ...args: readonly string[]): ChildProcess => {
    const child = startTied(program, args, {cwd: folder, env});
    running.add(child);
    child.once('close', () => running.delete(child));
    return child;
  };
  const run = (program: string, ...args: readonly string[]) => endOf(start(program, ...args));
  const nix = (...args: readonly string[]) => run('nix', ...args);
  return {
    folder,
    env,
    start,
    run,
    nix,
    async ask(...args) {
      const {code, stdout, stderr} = await nix(...args);
      if (code !== 0) throw new Error(`nix ${args[0]} exited ${code}: ${stderr}`);
      return stdout;
    },
    async stop() {
      const ends = [...running].map((child) => endOf(child));
      for (const child of running) child.kill('SIGKILL');
      await Promise.all(ends);
      // What is in a store is read-only, folders too: nobody but root could remove it.
      spawnSync('chmod', ['-R', 'u+w', folder]);
      await rm(folder, {recursive: true, force: true});
    },
  };
}

function environmentOf(folder: string, nixFolder: string): NodeJS.ProcessEnv {
  return {
    PATH: `${join(nixFolder, 'bin')}:${process.env.PATH}`,
    LC_ALL: 'C',
    HOME: join(folder, 'home'),
    TMPDIR: join(folder, 'tmp'),
    NIX_STORE_DIR: join(folder, 'store'),
    NIX_STATE_DIR: join(folder, 'state'),
    NIX_LOG_DIR: join(folder, 'log'),
    NIX_CONF_DIR: join(folder, 'etc'),
    NIX_CONFIG: CONFIG,
  };
}
