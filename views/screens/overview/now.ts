import type {PortRow} from '#store/ports.ts';

import type {View} from '../../console.ts';
import type {Span} from '../../theme/paint.ts';
import {thousands} from '../../words/numbers.ts';
import {agoText, momentText} from '../../words/times.ts';
import {classCell, deviceCell} from '../ports/cells.ts';

/** The lines under NOW: ports, what they are, containers, the way out, the recording. */
export function nowLines(view: View): readonly (readonly Span[])[] {
  const rows = view.selectors.portRows(view.read);
  return [
    line('ports', portCounts(view, rows)),
    line('plugged in', classCounts(rows)),
    line('containers', containerText(view)),
    line('uplink', uplinkText(view, rows)),
    line('host', hostText(view)),
    line('events', eventText(view)),
  ];
}

const line = (name: string, text: string): readonly Span[] => [
  {text: ` ${name.padEnd(11)}`, tone: 'quiet'},
  {text},
];

function portCounts({lists, read, ui}: View, rows: readonly PortRow[]): string {
  const {hidden} = lists.ports(read, ui);
  const isUsed = ({user}: PortRow): boolean => user.kind === 'host' || user.kind === 'container';
  const present = rows.filter(({state}) => state === 'present');
  const used = present.filter(isUsed).length;
  const free = present.filter(({user}) => user.kind === 'free').length;
  const parts = [
    `${rows.length} in all`,
    `${present.length} present`,
    `${used} in use`,
    `${free} free`,
    `${rows.filter(({state}) => state === 'absent').length} absent`,
    ...(hidden === 0 ? [] : [`${hidden} hidden`]),
  ];
  return parts.join(' · ');
}

function classCounts(rows: readonly PortRow[]): string {
  const counts = new Map<string, number>();
  for (const row of rows) {
    if (row.state === 'present' && row.device !== null) {
      const name = classCell(row);
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  const parts = [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${count} ${name}`);
  return parts.length === 0 ? 'nothing' : parts.join(' · ');
}

function containerText({read}: View): string {
  const {list, limit, seenAt} = read.containers;
  if (limit !== null) {
    return 'cannot be seen here: 3 says why';
  }
  if (list.length === 0) {
    return seenAt === null ? 'not read yet' : 'none';
  }
  const states = ['running', 'opening', 'closing'] as const;
  return states
    .map((state) => ({state, count: list.filter((each) => each.state === state).length}))
    .filter(({count}) => count > 0)
    .map(({state, count}) => `${count} ${state}`)
    .join(' · ');
}

function uplinkText({read}: View, rows: readonly PortRow[]): string {
  const uplinks = rows.filter(({user}) => user.marks.includes('route'));
  if (uplinks.length > 0) {
    return uplinks
      .map((row) => `${row.label ?? row.name} (${deviceCell(row)}), default route`)
      .join(' · ');
  }
  return Object.keys(read.users).length === 0
    ? 'not read yet'
    : 'none: no port carries a default route';
}

/** Load, memory, disk and temperature: how busy, and how full. */
function hostText({read}: View): string {
  const {host} = read;
  if (host === null) {
    return 'not read yet';
  }
  const part = (used: number, whole: number): string => `${Math.round((used / whole) * 100)} %`;
  const {load, cores, memoryUsedBytes, memoryBytes, diskUsedBytes, diskBytes, temperatureC} = host;
  return [
    `load ${load} on ${cores} cores`,
    `memory ${part(memoryUsedBytes, memoryBytes)}`,
    `disk ${part(diskUsedBytes, diskBytes)}`,
    ...(temperatureC === null ? [] : [`${Math.round(temperatureC)} C`]),
  ].join(' · ');
}

function eventText({read, ui}: View): string {
  const {sequence, lastSeen, leaf} = read.inventory;
  const parts = [
    `${thousands(sequence)} stored`,
    ...(lastSeen === null ? [] : [`newest ${agoText(ui.now, lastSeen)}`]),
    ...(leaf.startedAt === null
      ? []
      : [`recording since ${momentText(ui.now, Date.parse(leaf.startedAt))}`]),
  ];
  return parts.join(' · ');
}
