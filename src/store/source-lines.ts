import type {LiveReading} from '#domain/live-source.ts';
import {ownValue} from '#domain/own.ts';
import {SINCE_FIELDS} from '#domain/since.ts';
import type {Inventory} from '#projections/inventory.ts';
import {deviceInPort, portOfRole} from '#projections/port-rows.ts';
import type {CellSource, CellSubject, FieldRule} from './cell-source.ts';
import type {ReadState} from './read-store.ts';

/** What one source of a cell comes from. */
export type SourceOrigin =
  | {readonly kind: 'event'; readonly sequence: number}
  /** `beat`: heard within the last seconds, or the picture would be called stale. */
  | {readonly kind: 'live'; readonly reading: LiveReading; readonly seenAt: string | 'beat' | null}
  | {readonly kind: 'console'; readonly text: string};

/** One source of a cell: what of it, and where that is from. */
export interface SourceLine {
  /** `label`, `model, serial`, `ports: state`. */
  readonly name: string;
  readonly origin: SourceOrigin;
}

type Known = Pick<
  ReadState,
  'inventory' | 'history' | 'users' | 'host' | 'containers' | 'roleLinks' | 'connection'
>;

/** Where a cell's text is from now; what one event set is told together. Never empty. */
export function sourceLines(
  source: CellSource,
  subject: CellSubject,
  known: Known,
): readonly SourceLine[] {
  const lines = linesOf(source, subject, known);
  return lines.length === 0 ? [sinceStart(known.inventory)] : merged(lines);
}

function linesOf(source: CellSource, subject: CellSubject, known: Known): readonly SourceLine[] {
  switch (source.kind) {
    case 'field':
      return fieldLines(source, subject, known);
    case 'count':
      return countLines(source, subject, known.inventory);
    case 'live':
      return [liveLine(source.reading, subject, known)];
    case 'event':
      return subject.sequences.map((sequence) => eventLine('event', sequence));
    case 'console':
      return [{name: 'here', origin: source}];
    case 'derived':
      return source.from.flatMap((part) => linesOf(part, subject, known));
  }
}

/** What no event has set is so since the recording began. */
const sinceStart = ({leaf, sequence}: Inventory): SourceLine =>
  eventLine('nothing since the start', leaf.fields.startedAt ?? sequence);

const eventLine = (name: string, sequence: number): SourceLine => ({
  name,
  origin: {kind: 'event', sequence},
});

/** Sources that are one event become one line with all their names. */
function merged(lines: readonly SourceLine[]): readonly SourceLine[] {
  const groups = Map.groupBy(lines, ({origin}) =>
    origin.kind === 'event' ? `event ${origin.sequence}` : JSON.stringify(origin),
  );
  return [...groups.values()].flatMap(([first, ...rest]) => {
    const names = [...new Set([first, ...rest].flatMap((line) => line?.name ?? []))];
    return first === undefined ? [] : [{...first, name: names.join(', ')}];
  });
}

interface Fielded {
  readonly fields: Readonly<Record<string, number>>;
}

function sequenceOf({fields}: Fielded, {aggregate, field}: FieldRule): number | undefined {
  const names = field === 'since' ? SINCE_FIELDS[aggregate] : [field];
  const sequences = names.flatMap((name) => fields[name] ?? []);
  return sequences.length === 0 ? undefined : Math.max(...sequences);
}

function fieldLines(rule: FieldRule, subject: CellSubject, known: Known): readonly SourceLine[] {
  const things = thingsOf(rule, subject, known.inventory);
  const lines = things.flatMap(({title, state}) => {
    const sequence = sequenceOf(state, rule);
    return sequence === undefined ? [] : [eventLine(`${title}${rule.field}`, sequence)];
  });
  return lines.length === 0 && rule.aggregate === 'role' ? noRole(subject, known) : lines;
}

interface Thing {
  /** Put before the field's name where a cell tells of several things. */
  readonly title: string;
  readonly state: Fielded;
}

function thingsOf(
  {aggregate}: FieldRule,
  {portIds, roleIds}: CellSubject,
  inventory: Inventory,
): readonly Thing[] {
  const ports = portIds.flatMap((id) => ownValue(inventory.ports, id) ?? []);
  const isOne = ports.length < 2;
  switch (aggregate) {
    case 'leaf':
      return [{title: '', state: inventory.leaf}];
    case 'port':
      return ports.map((state) => ({title: isOne ? '' : `${state.label ?? state.name} `, state}));
    case 'device':
      return ports.flatMap((port) => {
        const state = deviceInPort(inventory, port);
        return state === null ? [] : [{title: isOne ? '' : `${port.label ?? port.name} `, state}];
      });
    case 'role':
      return Object.values(inventory.roles)
        .filter((role) => {
          const port = portOfRole(inventory, role);
          return roleIds.includes(role.id) || (port !== null && portIds.includes(port.id));
        })
        .map((state) => ({title: `${state.id} `, state}));
  }
}

/** No role leads there: since the newest event that took one away, else since the port is known. */
function noRole({portIds}: CellSubject, {inventory, history}: Known): readonly SourceLine[] {
  const leaving = history.findLast(
    (message) =>
      message.kind === 'event' &&
      (message.event.type === 'cim.role.unbound.v1' ||
        message.event.type === 'cim.role.bound.v1') &&
      message.event.data.before?.target.kind === 'port' &&
      portIds.includes(message.event.data.before.target.portId),
  );
  if (leaving !== undefined) {
    return [eventLine('no role', leaving.sequence)];
  }
  return portIds.flatMap((id) => {
    const known = ownValue(inventory.ports, id)?.fields.id;
    return known === undefined ? [] : [eventLine('no role yet', known)];
  });
}

function countLines(
  rule: FieldRule,
  {portIds}: CellSubject,
  inventory: Inventory,
): readonly SourceLine[] {
  const sequences = countedOf(rule, portIds, inventory).flatMap(
    (state) => sequenceOf(state, rule) ?? [],
  );
  return sequences.length === 0
    ? []
    : [eventLine(`${rule.aggregate}s: ${rule.field}`, Math.max(...sequences))];
}

function countedOf(
  {aggregate}: FieldRule,
  portIds: readonly string[],
  {ports, devices, roles, leaf}: Inventory,
): readonly Fielded[] {
  switch (aggregate) {
    case 'port':
      return portIds.length === 0
        ? Object.values(ports)
        : portIds.flatMap((id) => ownValue(ports, id) ?? []);
    case 'device':
      return Object.values(devices);
    case 'role':
      return Object.values(roles);
    case 'leaf':
      return [leaf];
  }
}

function liveLine(
  reading: LiveReading,
  {portIds, seenAt}: CellSubject,
  {users, host, containers, roleLinks, connection}: Known,
): SourceLine {
  const line = (at: string | 'beat' | null): SourceLine => ({
    name: reading,
    origin: {kind: 'live', reading, seenAt: at},
  });
  switch (reading) {
    case 'user': {
      const read = portIds.length === 0 ? Object.values(users) : portIds.map((id) => users[id]);
      const times = read.flatMap((user) => user?.seenAt ?? []);
      return line(times.sort().at(0) ?? null);
    }
    case 'load':
    case 'memory':
    case 'disk':
    case 'temperature':
      return line(host?.seenAt ?? null);
    case 'container':
      return line(containers.seenAt);
    case 'role':
      return line(roleLinks.seenAt);
    case 'uevent':
      return line(seenAt);
    case 'job':
    case 'limit':
      return line(connection.kind === 'live' ? 'beat' : null);
  }
}
