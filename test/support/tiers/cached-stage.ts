import {spawn} from 'node:child_process';
import {createHash} from 'node:crypto';
import {closeSync, existsSync, mkdirSync, openSync, readdirSync, rmSync} from 'node:fs';
import {mkdtemp, rename} from 'node:fs/promises';
import {join} from 'node:path';

import {cacheFolder} from '#bin/setup/cache.mjs';

/** What a kept stage is made of. A change of any part makes another stage. */
export interface StageRecipe {
  /** First word of its folder: `nix`. */
  readonly name: string;
  readonly architecture: string;
  /** All that decides what is built. */
  readonly parts: unknown;
}

/** The time somebody else's build of the same stage is waited for. */
const LOCK_LIMIT_SECONDS = 600;

/** Where a stage is kept: `<cache>/stages/<name>-<key>-<architecture>`. */
export function stageFolder(
  {name, parts, architecture}: StageRecipe,
  env: NodeJS.ProcessEnv = process.env,
): string {
  const key = createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12);
  return join(cacheFolder(env), 'stages', `${name}-${key}-${architecture}`);
}

/**
 * Gives the folder of a stage, and has it built where it is not there: aside, then renamed, so that
 * a folder of that name is always whole. Two runs do not build at once.
 */
export async function provideStage(
  recipe: StageRecipe,
  build: (folder: string) => Promise<void>,
  env: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  const path = stageFolder(recipe, env);
  if (existsSync(path)) return path;
  const stages = join(path, '..');
  mkdirSync(stages, {recursive: true});
  const unlock = await lock(join(stages, `${recipe.name}.lock`));
  try {
    if (!existsSync(path))
      await buildAside({path, stages, prefix: `building-${recipe.name}-`, build});
    return path;
  } finally {
    unlock();
  }
}

async function buildAside({
  path,
  stages,
  prefix,
  build,
}: {
  readonly path: string;
  readonly stages: string;
  readonly prefix: string;
  readonly build: (folder: string) => Promise<void>;
}): Promise<void> {
  // Whoever left these was killed: the lock is ours.
  const left = readdirSync(stages).filter((name) => name.startsWith(prefix));
  for (const name of left) rmSync(join(stages, name), {recursive: true});
  const folder = await mkdtemp(join(stages, prefix));
  try {
    await build(folder);
    await rename(folder, path);
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}

/** Held by the open file, so it ends with this process, whatever ends it. */
async function lock(path: string): Promise<() => void> {
  const descriptor = openSync(path, 'a', 0o600);
  const child = spawn('flock', ['-w', String(LOCK_LIMIT_SECONDS), '3'], {
    stdio: ['ignore', 'ignore', 'ignore', descriptor],
  });
  const how = await new Promise((resolve) => {
    child.once('error', ({message}) => resolve(message));
    child.once('close', (code) => resolve(code));
  });
  if (how === 0) return () => closeSync(descriptor);
  closeSync(descriptor);
  throw new Error(`lock ${path}: flock(1) says ${how}`);
}
