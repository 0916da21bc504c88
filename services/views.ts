import type {QueryRequest} from '#domain/query.ts';
import {attentionOf} from '#projections/attention.ts';
import {containerRows} from '#projections/container-rows.ts';
import {portRows} from '#projections/port-rows.ts';
import {roleRows} from '#projections/role-rows.ts';

import {findJob} from './job/find.ts';
import type {Picture, Query} from './queries.ts';

const isWanted =
  ({target}: QueryRequest) =>
  (row: {readonly id: string; readonly label?: string | null; readonly name?: string}): boolean =>
    target === undefined || row.id === target || row.label === target || row.name === target;

const listPorts: Query = {
  view: 'port',
  verb: 'list',
  rows: ({inventory, users}, request) => portRows(inventory, users).filter(isWanted(request)),
};

const listDevices: Query = {
  view: 'device',
  verb: 'list',
  rows: ({inventory}, request) =>
    Object.values(inventory.devices)
      .map(({identity, ...device}) => ({
        ...device,
        identity: identity.kind,
        identityValue: identity.value,
        port: inventory.ports[device.portId]?.label ?? inventory.ports[device.portId]?.name ?? null,
      }))
      .filter(isWanted(request)),
};

const listRoles: Query = {
  view: 'role',
  verb: 'list',
  rows: ({inventory, roleLinks}, request) =>
    roleRows(inventory, roleLinks).filter(isWanted(request)),
};

const listContainers: Query = {
  view: 'container',
  verb: 'list',
  rows({containers}, {target}) {
    if (containers.limit !== null) {
      return containers.limit;
    }
    return containers.seenAt === null
      ? {refused: 'not-read-yet'}
      : containerRows(containers).filter(({name}) => target === undefined || name === target);
  },
};

const listJobs: Query = {
  view: 'job',
  verb: 'list',
  rows({inventory, progress}, {target}) {
    const found = target === undefined ? undefined : findJob(inventory.jobs, target);
    if (found !== undefined && 'refused' in found) {
      return found.refused === 'unknown-job' ? [] : found;
    }
    const jobs = found === undefined ? Object.values(inventory.jobs) : [found];
    return jobs.map((job) => ({...job, progress: progress[job.id] ?? null}));
  },
};

const showLeaf: Query = {
  view: 'leaf',
  verb: 'show',
  rows: ({inventory}) => [inventory.leaf],
};

const showStatus: Query = {
  view: 'status',
  verb: 'show',
  rows: (picture) => [statusOf(picture)],
};

/** Every query answered from the picture. */
export const QUERIES: readonly Query[] = [
  listPorts,
  listDevices,
  listRoles,
  listContainers,
  listJobs,
  showLeaf,
  showStatus,
];

function statusOf({inventory, users, limit, host, containers, roleLinks}: Picture) {
  const rows = portRows(inventory, users);
  const count = (state: string): number => rows.filter((row) => row.state === state).length;
  return {
    leaf: inventory.leaf.leafId,
    label: inventory.leaf.label,
    startedAt: inventory.leaf.startedAt,
    attention: attentionOf(inventory, roleLinks),
    ports: {present: count('present'), absent: count('absent'), disabled: count('disabled')},
    roles: Object.keys(inventory.roles).length,
    containers:
      containers.limit === null && containers.seenAt !== null ? containers.list.length : null,
    events: inventory.sequence,
    unreadable: inventory.unreadable,
    lastSeen: inventory.lastSeen,
    limit,
    host,
    sequence: inventory.sequence,
  };
}
