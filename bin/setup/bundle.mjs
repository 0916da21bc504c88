import {createHash} from 'node:crypto';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import {isBuiltin} from 'node:module';
import {dirname, join, relative} from 'node:path';
import {step} from './terminal.mjs';

/** What ends up in the bundle, or decides what does. */
const SOURCES = [
  'src',
  'services',
  'views',
  'package.json',
  'package-lock.json',
  'bin/setup/bundle.mjs',
  'bin/setup/no-devtools.cjs',
];
/** A console that runs may still load a part of the bundle that it was started from. */
const KEEP_OLD_PARTS_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * Makes dist/ anew when the sources differ from those it was made of (dist/BUILD holds their
 * hash). Throws one sentence.
 * @param {{root: string, cache: string}} place
 */
export async function provideBundle({root, cache}) {
  const dist = join(root, 'dist');
  const stamp = join(dist, 'BUILD');
  const hash = hashSources(root);
  if (readText(stamp) === hash && readText(join(dist, 'cim-tui.mjs'))) {
    // The launcher compares times: a touched file with the same content is not news.
    utimesSync(stamp, new Date(), new Date());
    return;
  }
  await step('bundling the sources into dist (2 MB): one file starts twice as fast as many', () =>
    bundle(root, dist),
  );
  writeFileSync(stamp, hash);
  // What the launcher has Node keep of the bundle before this one.
  rmSync(join(cache, 'compile'), {recursive: true, force: true});
}

/**
 * @param {string} root
 * @returns {string}
 */
export function hashSources(root) {
  const hash = createHash('sha256');
  for (const path of SOURCES.flatMap((source) => listFiles(join(root, source)))) {
    hash
      .update(`${relative(root, path)}\0`)
      .update(readFileSync(path))
      .update('\0');
  }
  return `${hash.digest('hex')}\n`;
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function listFiles(path) {
  const stat = statSync(path, {throwIfNoEntry: false});
  if (!stat) return [];
  if (!stat.isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => listFiles(join(path, name)));
}

/**
 * @param {string} root
 * @param {string} dist
 */
async function bundle(root, dist) {
  const {build} = await import('esbuild');
  const {outputFiles} = await build(printOptions(root, dist)).catch((error) => {
    throw new Error(`bundle the sources: ${firstError(error)}`);
  });
  for (const {path, contents} of outputFiles) {
    mkdirSync(dirname(path), {recursive: true});
    const aside = `${path}.${process.pid}`;
    writeFileSync(aside, contents);
    renameSync(aside, path);
  }
  removeOldParts(dist, new Set(outputFiles.map(({path}) => path)));
}

/**
 * Node's own modules without what `import` does to them: it reads each of their exports, and what
 * lies behind those by getters (promises, web cryptography, workers) is loaded with them.
 * @type {import('esbuild').Plugin}
 */
const BUILTINS = {
  name: 'builtins',
  setup(build) {
    build.onResolve({filter: /^(node:)?[a-z_/]+$/}, ({path}) =>
      isBuiltin(path) ? {path, namespace: 'builtin'} : undefined,
    );
    build.onLoad({filter: /./, namespace: 'builtin'}, ({path}) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)})`,
    }));
  },
};

/**
 * @param {string} root
 * @param {string} dist
 */
function printOptions(root, dist) {
  return /** @type {const} @satisfies {import('esbuild').BuildOptions} */ ({
    absWorkingDir: root,
    entryPoints: {'cim-tui': 'src/cim-tui.ts'},
    outdir: dist,
    outExtension: {'.js': '.mjs'},
    chunkNames: 'parts/[name]-[hash]',
    write: false,
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    jsx: 'automatic',
    legalComments: 'none',
    logLevel: 'silent',
    // Yoga has its WebAssembly in a data: URL; to fetch that, Node loads an HTTP client for 30 ms.
    define: {'process.env.NODE_ENV': '"production"', fetch: 'undefined'},
    plugins: [BUILTINS],
    alias: {'react-devtools-core': join(root, 'bin/setup/no-devtools.cjs')},
    // Packages in CommonJS call require; an ES module has none.
    banner: {
      js: "import {createRequire as makeRequire} from 'node:module';const require=makeRequire(import.meta.url);",
    },
  });
}

/**
 * @param {{errors?: {text: string, location: {file: string, line: number} | null}[]}} failure
 * @returns {string}
 */
function firstError({errors = [], ...failure}) {
  const [error] = errors;
  if (!error) return String(failure);
  return error.location
    ? `${error.location.file}:${error.location.line}: ${error.text}`
    : error.text;
}

/**
 * @param {string} dist
 * @param {ReadonlySet<string>} current
 */
function removeOldParts(dist, current) {
  const oldest = Date.now() - KEEP_OLD_PARTS_MS;
  for (const path of listFiles(join(dist, 'parts'))) {
    if (!current.has(path) && statSync(path).mtimeMs < oldest) rmSync(path);
  }
}

/** @param {string} path */
function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
