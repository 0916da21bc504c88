import {spawn} from 'node:child_process';
import {createHash} from 'node:crypto';
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import {mkdtemp, rename} from 'node:fs/promises';
import {basename, join} from 'node:path';

import {cacheFolder} from '#bin/setup/cache.mjs';

/** What a kept stage is made of. A change of any part makes another stage. */
export interface StageRecipe {
  /** First word of its folder: `nix`. */
  readonly name: string;
  readonly architecture: string;
  /** All that decides what is built. */
  readonly parts: unknown;
  /** How long one of other parts is kept after its last use: a week unless told. */
  readonly keepMs?: number;
}

/** The time somebody else's build of the same stage is waited for. */
const LOCK_LIMIT_SECONDS = 600;
const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

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
  const ready = [path, ...sharedFolders(basename(path), env)].find(isReadable);
  if (ready !== undefined) return markUsed(ready, path);
  const stages = join(path, '..');
  mkdirSync(stages, {recursive: true});
  const unlock = await lock(join(stages, `${recipe.name}.lock`));
  try {
    if (!existsSync(path)) {
      await buildAside({path, stages, prefix: `building-${recipe.name}.`, build});
      removeUnused(stages, recipe);
    }
    return path;
  } finally {
    unlock();
  }
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function markUsed(ready: string, own: string): string {
  if (ready === own) utimesSync(ready, new Date(), new Date());
  return ready;
}

/** Each change of a recipe would leave its gigabyte behind. */
function removeUnused(stages: string, {name, keepMs = WEEK_MS}: StageRecipe): void {
  const likeIt = new RegExp(`^${name}-[0-9a-f]{12}-`);
  for (const entry of readdirSync(stages).filter((found) => likeIt.test(found))) {
    const path = join(stages, entry);
    if (statSync(path).mtimeMs < Date.now() - keepMs) rmSync(path, {recursive: true, force: true});
  }
}

/** What somebody else has built, for those who may not: CIM_STAGE_CACHE is only ever read. */
const sharedFolders = (name: string, env: NodeJS.ProcessEnv): readonly string[] =>
  env.CIM_STAGE_CACHE === undefined ? [] : [join(env.CIM_STAGE_CACHE, name)];

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
    chmodSync(folder, 0o755); // for whoever names it by CIM_STAGE_CACHE
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
