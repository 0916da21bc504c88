import {readdirSync, readFileSync, statSync} from 'node:fs';
import {dirname, join, normalize, relative} from 'node:path';
import {parseSource, type Source} from './parse.ts';

/** Every file of TypeScript and JavaScript under these folders, fixtures excepted. */
export function readSources(root: string, folders: readonly string[]): Source[] {
  const paths = folders.flatMap((folder) => listFiles(join(root, folder)));
  const code = paths.filter((path) => /\.(ts|tsx|mjs|cjs)$/.test(path));
  return code.map((path) => parseSource(relative(root, path), readFileSync(path, 'utf8')));
}

/**
 * Where an import leads: a path from the root for a file of this project (`#room/file.ts`, `./x.ts`),
 * else the specifier itself.
 */
export function resolveImport(from: string, specifier: string): string {
  if (specifier.startsWith('.')) return normalize(join(dirname(from), specifier));
  if (!specifier.startsWith('#')) return specifier;
  const [room = '', ...rest] = specifier.slice(1).split('/');
  const top = ['services', 'views', 'test', 'bin'].includes(room) ? room : `src/${room}`;
  return [top, ...rest].join('/');
}

function listFiles(path: string): string[] {
  const stat = statSync(path, {throwIfNoEntry: false});
  if (!stat) return [];
  if (!stat.isDirectory()) return [path];
  if (path.endsWith('/fixtures')) return [];
  return readdirSync(path)
    .sort()
    .flatMap((name) => listFiles(join(path, name)));
}
