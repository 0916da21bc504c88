import {readFileSync} from 'node:fs';
import {join} from 'node:path';

/** What the published types are made of. */
const TYPES = join('src', 'client', 'leaf.ts');
const MESSAGE_TYPES = join('src', 'client', 'messages.d.mts');

const VALUES = `
export type * from './messages.d.mts';
export declare const connectLeaf: ConnectLeaf;
export declare const isLeafError: IsLeafError;
`;

/**
 * How the client is bundled for outside programs: one file that needs no package, for Node 20 too.
 * @param {string} root
 * @param {string} dist
 */
export function clientOptions(root, dist) {
  return /** @type {const} @satisfies {import('esbuild').BuildOptions} */ ({
    entryPoints: {client: 'src/wiring/library.ts'},
    outdir: join(dist, 'client'),
    splitting: false,
    target: 'node20',
    define: {'Promise.withResolvers': 'withResolvers'},
    inject: [join(root, 'bin', 'setup', 'with-resolvers.mjs')],
  });
}

/**
 * What lies beside it, so that dist/client is a package: `npm install ./dist/client`.
 * @param {string} root
 * @param {string} dist
 */
export function clientFiles(root, dist) {
  const {name, version, license} = JSON.parse(read(root, 'package.json'));
  const manifest = {
    name,
    version,
    description: 'Client of a leaf: commands, queries, its state at any moment, its events',
    license,
    type: 'module',
    engines: {node: '>=20'},
    exports: {'./client': {types: './client.d.mts', default: './client.mjs'}},
  };
  const folder = join(dist, 'client');
  return [
    {path: join(folder, 'package.json'), contents: `${JSON.stringify(manifest, null, 2)}\n`},
    {path: join(folder, 'client.d.mts'), contents: read(root, TYPES) + VALUES},
    {path: join(folder, 'messages.d.mts'), contents: read(root, MESSAGE_TYPES)},
    {path: join(folder, 'LICENSE'), contents: read(root, 'LICENSE')},
  ];
}

/**
 * @param {string} root
 * @param {string} path
 */
const read = (root, path) => readFileSync(join(root, path), 'utf8');
