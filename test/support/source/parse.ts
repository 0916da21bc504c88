import {type ESTree, parseSync, Visitor} from 'rolldown/utils';

export type Import = {
  readonly specifier: string;
  readonly kind: 'value' | 'type' | 'dynamic';
  readonly line: number;
  /** `export … from`; `all` is `export * from`. */
  readonly reExport: 'no' | 'named' | 'all';
};

export type FunctionSpan = {readonly name: string; readonly line: number; readonly lines: number};

export type Source = {
  readonly path: string;
  readonly lines: readonly string[];
  readonly imports: readonly Import[];
  /** Functions with a name of their own; callbacks count as part of the function they stand in. */
  readonly functions: readonly FunctionSpan[];
  readonly comments: readonly {
    readonly text: string;
    readonly line: number;
    readonly lines: number;
  }[];
  /** `Math.random` and the like, as `object.property`. */
  readonly members: ReadonlySet<string>;
};

/** Reads one file of TypeScript or JavaScript. Throws when it does not parse. */
export function parseSource(path: string, text: string): Source {
  const {program, comments, errors} = parseSync(path, text, {sourceType: 'module'});
  if (errors[0]) throw new TypeError(`parse ${path}: ${errors[0].message}`);
  const lineOf = createLineFinder(text);
  const span = ({start, end}: {start: number; end: number}) => ({
    line: lineOf(start),
    lines: lineOf(end) - lineOf(start) + 1,
  });
  return {
    path,
    lines: splitLines(text),
    imports: readImports(program, lineOf),
    functions: readFunctions(program, span),
    comments: comments.map((comment) => ({text: comment.value, ...span(comment)})),
    members: readMembers(program),
  };
}

function splitLines(text: string): string[] {
  const lines = text.split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

function createLineFinder(text: string): (offset: number) => number {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({index}) => index + 1)];
  return (offset) => starts.findLastIndex((start) => start <= offset) + 1;
}

function readImports(program: ESTree.Program, lineOf: (offset: number) => number): Import[] {
  const imports: Import[] = [];
  const add = (
    node: {start: number; source: unknown},
    kind: Import['kind'],
    reExport: Import['reExport'] = 'no',
  ) => {
    const source = node.source as {value?: unknown} | null;
    if (typeof source?.value !== 'string') return;
    imports.push({specifier: source.value, kind, line: lineOf(node.start), reExport});
  };
  new Visitor({
    ImportDeclaration: (node) => add(node, isTypeOnly(node) ? 'type' : 'value'),
    ExportNamedDeclaration: (node) =>
      add(node, node.exportKind === 'type' ? 'type' : 'value', 'named'),
    ExportAllDeclaration: (node) => add(node, node.exportKind === 'type' ? 'type' : 'value', 'all'),
    ImportExpression: (node) => add(node, 'dynamic'),
    TSImportType: (node) => add(node, 'type'),
  }).visit(program);
  return imports;
}

function isTypeOnly({importKind, specifiers}: ESTree.ImportDeclaration): boolean {
  if (importKind === 'type') return true;
  const isType = (one: (typeof specifiers)[number]) =>
    one.type === 'ImportSpecifier' && one.importKind === 'type';
  return specifiers.length > 0 && specifiers.every(isType);
}

function readFunctions(
  program: ESTree.Program,
  span: (node: ESTree.Span) => Omit<FunctionSpan, 'name'>,
): FunctionSpan[] {
  const functions: FunctionSpan[] = [];
  const add = (name: unknown, node: {type: string; start: number; end: number} | null) => {
    if (node?.type !== 'ArrowFunctionExpression' && node?.type !== 'FunctionExpression') return;
    functions.push({name: nameOf(name), ...span(node)});
  };
  new Visitor({
    FunctionDeclaration: (node) => {
      functions.push({name: nameOf(node.id), ...span(node)});
    },
    MethodDefinition: (node) => add(node.key, node.value),
    Property: (node) => add(node.key, node.value),
    PropertyDefinition: (node) => add(node.key, node.value),
    VariableDeclarator: (node) => add(node.id, node.init),
  }).visit(program);
  return functions;
}

function nameOf(node: unknown): string {
  const name = (node as {name?: unknown} | null)?.name;
  return typeof name === 'string' ? name : 'unnamed';
}

function readMembers(program: ESTree.Program): Set<string> {
  const members = new Set<string>();
  new Visitor({
    MemberExpression: (node) => {
      if (node.object.type !== 'Identifier' || node.property.type !== 'Identifier') return;
      members.add(`${node.object.name}.${node.property.name}`);
    },
  }).visit(program);
  return members;
}
