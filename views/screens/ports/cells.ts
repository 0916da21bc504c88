import type {PortUser} from '#domain/port/user.ts';
import {type HazardKind, type PortRow, titleOf} from '#store/ports.ts';

import {ageText, shortDateText} from '../../words/times.ts';

/** What a port's cells need beside its row. Every text comes from the row alone. */
export interface CellContext {
  readonly now: number;
  readonly dates: 'usual' | 'other';
  readonly pendingTargets: ReadonlySet<string>;
  /** Ports that changed since this moment are lit: somebody looks for a socket. */
  readonly litSince: number | null;
  /** How deep a port is in the tree that is shown. */
  readonly depths: ReadonlyMap<string, number>;
  /** What hangs on each port, for who looks at it. */
  readonly stakes: ReadonlyMap<string, readonly HazardKind[]>;
}

/** How long a freshly plugged port counts as new. */
const NEW_MS = 60_000;

/** The one sign before a port's name: the worst that is true of it. */
export function signCell(row: PortRow, context: CellContext): string {
  if (row.state === 'faulted') {
    return '!';
  }
  if (row.state === 'disabled' || row.state === 'quarantined') {
    return 'x';
  }
  if (context.pendingTargets.has(row.id)) {
    return '*';
  }
  if (row.device?.ambiguous === true) {
    return '?';
  }
  if (row.state === 'absent') {
    return '-';
  }
  return isNew(row, context.now) ? '+' : ' ';
}

/** Present for less than a minute. */
export const isNew = (row: PortRow, now: number): boolean =>
  row.state === 'present' && row.device !== null && now - Date.parse(row.since) < NEW_MS;

/** Changed since somebody asked which socket this is. */
export const isLit = (row: PortRow, {litSince}: CellContext): boolean =>
  litSince !== null && Date.parse(row.since) >= litSince;

/** Its title, moved in by its depth in the tree. */
export const portCell = (row: PortRow, {depths}: Pick<CellContext, 'depths'>): string =>
  `${' '.repeat(depths.get(row.id) ?? 0)}${titleOf(row)}`;

/** `@` your own session, `^` the last uplink or keyboard, `#` the disk of the system. */
export function flagsCell({id}: PortRow, {stakes}: CellContext): string {
  const kinds = stakes.get(id) ?? [];
  const isLast = kinds.includes('last-uplink') || kinds.includes('last-keyboard');
  const signs = [kinds.includes('own-session'), isLast, kinds.includes('boot-disk')];
  return signs.map((holds, index) => (holds ? '@^#'.charAt(index) : ' ')).join('');
}

/** The classes of what is plugged in; of a fixed port without a unit what it is made for. */
export function classCell(row: PortRow): string {
  const classes = [...new Set(row.device?.functions.map((item) => item.class) ?? [])];
  if (classes.length > 0) {
    return classes.join('+');
  }
  return isEmptySocket(row) ? '-' : row.class;
}

export const directionCell = (row: PortRow): string => (isEmptySocket(row) ? '-' : row.direction);

/** Of a screen the socket knows that it is there, and not what it is. */
const isEmptySocket = ({device, kind, state}: PortRow): boolean =>
  device === null && kind === 'socket' && state !== 'present';

/** What is plugged in, with its serial or the state of its link. */
export function deviceCell(row: PortRow): string {
  const {device, link} = row;
  if (device === null) {
    return row.state === 'present' ? '(connected)' : '(empty)';
  }
  const name = device.model ?? device.name;
  if (link === 'down') {
    return row.kind === 'virtual' ? `${name} down` : '(no cable)';
  }
  if (link === 'up') {
    return `${name} ${row.speedMbps === null ? 'up' : speedText(row.speedMbps)}`;
  }
  return device.serial === null ? name : `${name} ${device.serial}`;
}

export const roleCell = (row: PortRow): string =>
  row.roles.length === 0 ? '-' : row.roles.join('+');

export function userCell(row: PortRow): string {
  if (row.state === 'disabled' || row.state === 'quarantined') {
    return row.state;
  }
  return row.device === null && row.user.kind !== 'waiting' ? '-' : userText(row.user);
}

/** Who uses it. What we may not look at is `unknown`, never free. */
export function userText({kind, name}: PortUser): string {
  switch (kind) {
    case 'host':
      return name === null ? 'host' : `host ${name}`;
    case 'container':
      return name ?? 'container';
    case 'waiting':
      return name === null ? 'awaited' : `${name} waits`;
    case 'free':
      return 'free';
    case 'unknown':
      return '? unknown';
  }
}

/** Behind the age a lit row has its sign: `12 s<`. */
export function sinceCell(row: PortRow, context: CellContext): string {
  const {now, dates} = context;
  const since = Date.parse(row.since);
  const age = dates === 'usual' ? ageText(now, since) : shortDateText(now, since);
  return isLit(row, context) ? `${age}<` : age;
}

/** `1 Gb/s`, `2.5 Gb/s`, `100 Mb/s`. */
export const speedText = (speedMbps: number): string =>
  speedMbps >= 1000 ? `${speedMbps / 1000} Gb/s` : `${speedMbps} Mb/s`;
