import {lastCheck} from '#domain/job/order.ts';
import {
  type CellSource,
  type CellSubject,
  derivedFrom,
  deviceField,
  leafField,
  liveSource,
  portField,
  roleField,
  subjectOf,
} from '#store/cell-source.ts';
import type {Attention} from '#store/ports.ts';
import type {ReadState} from '#store/read-store.ts';

import type {View} from '../../console.ts';
import {backWords} from '../../words/stakes.ts';
import {ageText} from '../../words/times.ts';
import type {OverviewCell} from './cell.ts';

/** What makes somebody be needed: one source for each code. */
const SOURCES: {readonly [K in Attention['code']]: CellSource} = {
  'port-quarantined': derivedFrom(portField('state'), portField('label'), portField('name')),
  'port-faulted': derivedFrom(portField('state'), portField('label'), portField('name')),
  'role-without-device': derivedFrom(
    roleField('target'),
    portField('state'),
    portField('deviceId'),
    deviceField('functions'),
  ),
  'role-ambiguous': derivedFrom(
    roleField('target'),
    roleField('selector'),
    deviceField('functions'),
  ),
  'role-link-astray': derivedFrom(roleField('target'), liveSource('role')),
  'change-on-trial': portField('change'),
  ambiguous: derivedFrom(deviceField('ambiguous'), deviceField('serial'), portField('deviceId')),
  unrecorded: leafField('unrecorded'),
  'newer-event': {kind: 'event'},
  'projection-stopped': {kind: 'event'},
  'store-damaged': {kind: 'event'},
  unreadable: derivedFrom(
    {kind: 'event'},
    {kind: 'console', text: 'counted while the store is read: cim-tui event list'},
  ),
};

/** The values of one line under ATTENTION: what it is, and since when. */
export function attentionCells({read, ui}: View, attention: Attention): readonly OverviewCell[] {
  const {code, message, since, target} = attention;
  const deadline = code === 'change-on-trial' ? deadlineOf(target.id, read) : null;
  const common = {source: SOURCES[code], subject: subjectOfAttention(attention, read)};
  return [
    {title: 'what', text: message, ...common},
    ...(deadline === null ? [] : [{title: 'until', text: backWords(deadline, ui.now), ...common}]),
    ...(since === null || deadline !== null
      ? []
      : [{title: 'since', text: ageText(ui.now, Date.parse(since)), ...common}]),
  ];
}

const deadlineOf = (portId: string, {inventory}: ReadState): string | null =>
  inventory.ports[portId]?.change?.deadline ?? null;

function subjectOfAttention({code, target}: Attention, read: ReadState): CellSubject {
  switch (code) {
    case 'ambiguous':
      return subjectOf({portIds: twinPorts(target.id, read)});
    case 'newer-event':
      return subjectOf({sequences: Object.values(read.inventory.readOnly)});
    case 'store-damaged': {
      const check = lastCheck(read.inventory.jobs);
      return subjectOf({sequences: check === undefined ? [] : [check.sequence]});
    }
    case 'unreadable':
      return subjectOf({
        sequences: read.history.flatMap(({kind, sequence}) =>
          kind === 'unreadable' ? [sequence] : [],
        ),
      });
    default:
      return target.kind === 'role'
        ? subjectOf({roleIds: [target.id]})
        : subjectOf({portIds: target.kind === 'port' ? [target.id] : []});
  }
}

/** The ports of all units that bear the same serial as the one in this port. */
function twinPorts(portId: string, {inventory}: ReadState): readonly string[] {
  const one = inventory.devices[inventory.ports[portId]?.deviceId ?? ''];
  return Object.values(inventory.devices)
    .filter(({ambiguous, state, ids, serial}) => {
      const isTwin = ids === one?.ids && serial === one?.serial;
      return ambiguous && state === 'ready' && isTwin;
    })
    .map((device) => device.portId);
}
