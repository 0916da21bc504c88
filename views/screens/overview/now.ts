import {lastCheck, openJobsOf} from '#domain/job/order.ts';
import {commandWords} from '#domain/job/words.ts';
import {
  type CellSource,
  countOf,
  derivedFrom,
  deviceField,
  leafField,
  liveSource,
  portField,
  subjectOf,
  THE_LEAF,
} from '#store/cell-source.ts';
import type {PortRow} from '#store/ports.ts';

import type {View} from '../../console.ts';
import {howFar} from '../../job-items.ts';
import {thousands} from '../../words/numbers.ts';
import {agoText, momentText} from '../../words/times.ts';
import {classCell, deviceCell} from '../ports/cells.ts';
import type {OverviewCell, OverviewLine} from './cell.ts';

/** Begins the id of each line under NOW. */
export const NOW_ID = 'now:';

/** The lines under NOW: ports, what they are, containers, the way out, the recording, jobs. */
export function nowLines(view: View): readonly OverviewLine[] {
  const rows = view.selectors.portRows(view.read);
  return [
    line('ports', portCounts(view, rows)),
    line('plugged in', classCounts(rows)),
    line('containers', containerCells(view)),
    line('uplink', uplinkCells(view, rows)),
    line('host', hostCells(view)),
    line('events', eventCells(view)),
    ...jobLines(view),
  ];
}

const line = (name: string, cells: readonly OverviewCell[]): OverviewLine => ({
  id: `${NOW_ID}${name}`,
  name,
  cells,
});

const cell = (
  title: string,
  text: string,
  source: CellSource,
  subject = THE_LEAF,
): OverviewCell => ({title, text, source, subject});

const STATES = countOf({aggregate: 'port', field: 'state'});
const USED = derivedFrom(liveSource('user'), STATES);

function portCounts({lists, read, ui}: View, rows: readonly PortRow[]): readonly OverviewCell[] {
  const {hidden} = lists.ports(read, ui);
  const isUsed = ({user}: PortRow): boolean => user.kind === 'host' || user.kind === 'container';
  const present = rows.filter(({state}) => state === 'present');
  const used = present.filter(isUsed).length;
  const free = present.filter(({user}) => user.kind === 'free').length;
  const absent = rows.filter(({state}) => state === 'absent').length;
  return [
    cell('ports', `${rows.length} in all`, countOf({aggregate: 'port', field: 'id'})),
    cell('state present', `${present.length} present`, STATES),
    cell('present, used by host or container', `${used} in use`, USED),
    cell('present, used by nobody', `${free} free`, USED),
    cell('state absent', `${absent} absent`, STATES),
    ...(hidden === 0 ? [] : [cell('built-in, without label or role', `${hidden} hidden`, HIDDEN)]),
  ];
}

const HIDDEN = derivedFrom(
  countOf({aggregate: 'port', field: 'class'}),
  countOf({aggregate: 'port', field: 'label'}),
  countOf({aggregate: 'role', field: 'target'}),
  {kind: 'console', text: 'v shows them'},
);

const CLASSES = derivedFrom(countOf({aggregate: 'device', field: 'functions'}), STATES);

function classCounts(rows: readonly PortRow[]): readonly OverviewCell[] {
  const counts = new Map<string, string[]>();
  for (const row of rows) {
    if (row.state === 'present' && row.device !== null) {
      const name = classCell(row);
      counts.set(name, [...(counts.get(name) ?? []), row.id]);
    }
  }
  const cells = [...counts]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([name, portIds]) =>
      cell(
        `present, ${name}`,
        `${portIds.length} ${name}`,
        derivedFrom(countOf({aggregate: 'port', field: 'deviceId'}), STATES),
        subjectOf({portIds}),
      ),
    );
  return cells.length === 0 ? [cell('units', 'nothing', CLASSES)] : cells;
}

const NOT_KEPT = 'not kept: it was read live';

/** Why there is no reading: it has not come yet, or never will. */
const unreadText = ({past}: View['read']): string => (past === null ? 'not read yet' : NOT_KEPT);

function containerCells({read}: View): readonly OverviewCell[] {
  const {list, limit, seenAt} = read.containers;
  const one = (title: string, text: string): OverviewCell =>
    cell(title, text, liveSource('container'));
  if (limit !== null) {
    const isPast = limit.refused === 'not-kept';
    return [one('containers', isPast ? NOT_KEPT : 'cannot be seen here: 3 says why')];
  }
  if (list.length === 0) {
    return [one('containers', seenAt === null ? 'not read yet' : 'none')];
  }
  const states = ['running', 'opening', 'closing'] as const;
  return states
    .map((state) => ({state, count: list.filter((each) => each.state === state).length}))
    .filter(({count}) => count > 0)
    .map(({state, count}) => one(`state ${state}`, `${count} ${state}`));
}

const UPLINK = derivedFrom(
  liveSource('user'),
  portField('label'),
  portField('name'),
  portField('link'),
  portField('speedMbps'),
  deviceField('model'),
);

function uplinkCells({read}: View, rows: readonly PortRow[]): readonly OverviewCell[] {
  const uplinks = rows.filter(({user}) => user.marks.includes('route'));
  if (uplinks.length > 0) {
    return uplinks.map((row) => {
      const text = `${row.label ?? row.name} (${deviceCell(row)}), default route`;
      return cell('uplink', text, UPLINK, subjectOf({portIds: [row.id]}));
    });
  }
  const text =
    Object.keys(read.users).length === 0
      ? unreadText(read)
      : 'none: no port carries a default route';
  return [cell('uplink', text, liveSource('user'))];
}

/** Load, memory, disk and temperature: how busy, and how full. */
function hostCells({read}: View): readonly OverviewCell[] {
  const {host} = read;
  if (host === null) {
    return [cell('host', unreadText(read), liveSource('load'))];
  }
  const part = (used: number, whole: number): string => `${Math.round((used / whole) * 100)} %`;
  const {load, cores, memoryUsedBytes, memoryBytes, diskUsedBytes, diskBytes, temperatureC} = host;
  return [
    cell('load', `load ${load} on ${cores} cores`, liveSource('load')),
    cell('memory', `memory ${part(memoryUsedBytes, memoryBytes)}`, liveSource('memory')),
    cell('disk', `disk ${part(diskUsedBytes, diskBytes)}`, liveSource('disk')),
    ...(temperatureC === null
      ? []
      : [cell('temperature', `${Math.round(temperatureC)} C`, liveSource('temperature'))]),
  ];
}

function eventCells(view: View): readonly OverviewCell[] {
  const {read, ui} = view;
  const {sequence, lastSeen, leaf} = read.inventory;
  const newest = subjectOf({sequences: sequence === 0 ? [] : [sequence]});
  const since = Date.parse(leaf.startedAt ?? '');
  return [
    cell('events in the store', `${thousands(sequence)} stored`, {kind: 'event'}, newest),
    ...(lastSeen === null
      ? []
      : [cell('newest event', `newest ${agoText(ui.now, lastSeen)}`, {kind: 'event'}, newest)]),
    ...checkCells(view),
    ...(leaf.startedAt === null
      ? []
      : [
          cell(
            'agent started',
            `recording since ${momentText(ui.now, since)}`,
            leafField('startedAt'),
          ),
        ]),
  ];
}

/** Up to where the digest chain was last found as it was written. */
function checkCells({read}: View): readonly OverviewCell[] {
  const check = lastCheck(read.inventory.jobs);
  if (check === undefined) {
    return [];
  }
  const {events = 0, wrong = null} = check.result ?? {};
  const text = wrong === null ? `checked to ${thousands(events ?? 0)}` : `WRONG at ${wrong}`;
  return [cell('checked', text, {kind: 'event'}, subjectOf({sequences: [check.sequence]}))];
}

/** What takes long, and has not ended; b has all of it. */
function jobLines({read}: View): readonly OverviewLine[] {
  const cells = openJobsOf(read.inventory.jobs).map((job) => {
    const name = commandWords(job.command);
    const source = derivedFrom({kind: 'event'}, liveSource('job'));
    return cell(
      `job ${name}`,
      `${name}: ${howFar({read}, job)}`,
      source,
      subjectOf({sequences: [job.sequence]}),
    );
  });
  return cells.length === 0 ? [] : [line('jobs', cells)];
}
