import {findCycles} from './cycles.ts';
import type {Source} from './parse.ts';
import {mayImport, PURE, ROOTS} from './rooms.ts';
import {resolveImport} from './tree.ts';

const MAX_LINES = 300;
const MAX_ROOT_LINES = 120;
const MAX_LINT_IGNORES = 10;
const PRODUCT = /^(src|services|views)\//;
const DRAWER = /(^|[/.-])(util|utils|helper|helpers|misc)([/.-]|$)/;

/** What a tree does against the rules of its design, one sentence each. */
export function findViolations(sources: readonly Source[]): string[] {
  return [
    ...sources.filter(({path}) => PRODUCT.test(path)).flatMap(findForbiddenImports),
    ...findCycles(sources).map((paths) => `import cycle: ${paths.sort().join(', ')}`),
    ...sources.flatMap(findBarrels),
    ...sources.flatMap(findLongFiles),
    ...sources.filter(({path}) => DRAWER.test(path)).map(({path}) => `${path}: name says nothing`),
    ...sources.flatMap(findChance),
    ...findLintIgnores(sources),
  ];
}

function findForbiddenImports({path, imports}: Source): string[] {
  return imports
    .filter(({specifier, kind}) => !mayImport(path, resolveImport(path, specifier), kind))
    .map(({specifier, line}) => `${path}:${line}: may not import ${specifier}`);
}

/** A door is called `mod.ts` and names what it passes on. */
function findBarrels({path, imports}: Source): string[] {
  if (/(^|\/)index\.[a-z]+$/.test(path)) return [`${path}: barrel`];
  const isDoor = /(^|\/)mod\.tsx?$/.test(path);
  return imports
    .filter(({reExport}) => reExport === 'all' || (reExport === 'named' && !isDoor))
    .map(({line}) => `${path}:${line}: re-exports what another file has`);
}

function findLongFiles({path, lines}: Source): string[] {
  const limit = ROOTS.test(path) ? MAX_ROOT_LINES : MAX_LINES;
  return lines.length > limit ? [`${path}: ${lines.length} lines, limit ${limit}`] : [];
}

/** Biome denies globals by name; it has no word for one property of Math. */
function findChance({path, members}: Source): string[] {
  return PURE.test(path) && members.has('Math.random') ? [`${path}: uses Math.random`] : [];
}

function findLintIgnores(sources: readonly Source[]): string[] {
  const ignores = sources.flatMap(({path, comments}) =>
    comments
      .filter(({text}) => text.trimStart().startsWith('biome-ignore'))
      .map(({line}) => `${path}:${line}`),
  );
  if (ignores.length <= MAX_LINT_IGNORES) return [];
  return [`${ignores.length} lint-ignores, limit ${MAX_LINT_IGNORES}: ${ignores.join(', ')}`];
}
