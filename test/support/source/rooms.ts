/**
 * Who may import whom: DESIGN's table as data. A word is a room, `npm:NAME` a package (`npm:*` any),
 * `node:*` Node's own; `type:ROOM` allows types alone. Each room may import itself. Beyond the table,
 * rooms with a border (class.json, answers on the bus, arguments) may have the schema library.
 */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  domain: ['npm:zod'],
  devices: ['domain', 'npm:zod'],
  projections: ['domain', 'devices'],
  contracts: ['type:domain', 'npm:zod'],
  store: ['projections', 'domain', 'npm:zustand'],
  drivers: ['contracts', 'domain', 'npm:*', 'node:*'],
  services: ['domain', 'devices', 'contracts', 'projections', 'npm:zod'],
  client: ['contracts', 'domain', 'npm:zod'],
  cli: ['client', 'domain', 'npm:zod', 'node:util'],
  views: [
    'store',
    'domain',
    'npm:ink',
    'npm:ink-select-input',
    'npm:react',
    'npm:zustand',
    'npm:string-width',
  ],
};

/** The entry points and what they share: they wire all rooms together and hold no rules. */
export const ROOTS = /^src\/(cim-tui|main|agent|cli|wiring\/[a-z-]+)\.tsx?$/;

/** Rooms without Node, without the DOM, without time and chance. */
export const PURE = /^(src\/(domain|devices|projections)|services)\//;

/** The room of a file; a driver is a room of its own, `drivers/NAME`. */
export function roomOf(path: string): string {
  const [top = '', second = '', third = ''] = path.split('/');
  if (top !== 'src') return top;
  if (second === 'drivers') return `drivers/${third}`;
  return second.replace(/\.tsx?$/, '');
}

/** Whether a file may import a target: a path from the root, or a package. */
export function mayImport(
  from: string,
  target: string,
  kind: 'value' | 'type' | 'dynamic',
): boolean {
  if (ROOTS.test(from)) return true;
  const room = roomOf(from);
  const allowed = ALLOWED[room.split('/')[0] ?? ''] ?? [];
  if (!/^(src|services|views|test|bin)\//.test(target)) return allowsPackage(allowed, target);
  const other = roomOf(target);
  if (other === room) return true;
  return allowed.includes(other) || (kind === 'type' && allowed.includes(`type:${other}`));
}

function allowsPackage(allowed: readonly string[], target: string): boolean {
  if (target.startsWith('node:')) return allowed.includes('node:*') || allowed.includes(target);
  const [scope = '', name = ''] = target.split('/');
  const wanted = scope.startsWith('@') ? `${scope}/${name}` : scope;
  return allowed.includes('npm:*') || allowed.includes(`npm:${wanted}`);
}
