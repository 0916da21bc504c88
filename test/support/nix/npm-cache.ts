import {execFileSync} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';

import {z} from 'zod';

import {ROOT} from '#test/support/stage.ts';

const Entry = z.looseObject({
  version: z.string(),
  integrity: z.string(),
  dev: z.boolean().default(false),
  optional: z.boolean().default(false),
  devOptional: z.boolean().default(false),
});
const Lock = z.object({packages: z.record(z.string(), z.looseObject({}))});

/** A package that goes into the bundle or makes it. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  readonly integrity: string;
  /** What the file is called that npm packs it into. */
  readonly fileName: string;
}

/** What package-lock.json has for the bundle, each version once, and esbuild for a platform. */
export function readBundledPackages(platform: string): readonly LockedPackage[] {
  const {packages} = Lock.parse(JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')));
  const bundler = ['node_modules/esbuild', `node_modules/@esbuild/${platform}`];
  const found = Object.entries(packages).flatMap(([path, value]) => {
    if (path === '') return [];
    const {version, integrity, dev, optional, devOptional} = Entry.parse(value);
    const isWanted = bundler.includes(path) || !(dev || optional || devOptional);
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const fileName = `${name.replace('@', '').replaceAll('/', '-')}-${version}.tgz`;
    return isWanted ? [[fileName, {name, version, integrity, fileName}] as const] : [];
  });
  return [...new Map(found).values()];
}

/** Where npm keeps what it has installed. */
export const npmCache = (): string =>
  execFileSync('npm', ['config', 'get', 'cache'], {encoding: 'utf8'}).trim();

/** The file of a package that npm keeps since it installed it; undefined: it does not. */
export function cachedFile(cache: string, {integrity}: LockedPackage): string | undefined {
  const [algorithm = '', digest = ''] = integrity.split('-');
  const hex = Buffer.from(digest, 'base64').toString('hex');
  const parts = [algorithm, hex.slice(0, 2), hex.slice(2, 4), hex.slice(4)];
  const path = join(cache, '_cacache', 'content-v2', ...parts);
  return existsSync(path) ? path : undefined;
}
