import {z} from 'zod';

import type {PictureListener} from '#client/picture.ts';
import type {Log} from '#contracts/log.ts';
import {Containers, UNREAD_CONTAINERS} from '#domain/container/container.ts';
import {JobProgress} from '#domain/job/progress.ts';
import {HostMetrics} from '#domain/leaf/host-metrics.ts';
import {PortUser} from '#domain/port/user.ts';
import {RoleLinkReadings, UNREAD_ROLE_LINKS} from '#domain/role/link.ts';
import {initialInventory, isInventory} from '#projections/inventory.ts';
import type {ReadStore} from '#store/read-store.ts';

const SnapshotContent = z.looseObject({
  inventory: z.unknown(),
  users: z.record(z.string(), PortUser),
  limit: z.string().nullable(),
  host: HostMetrics.nullable(),
  containers: Containers.default(UNREAD_CONTAINERS),
  roleLinks: RoleLinkReadings.default(UNREAD_ROLE_LINKS),
  progress: z.record(z.string(), JobProgress).default({}),
});

/** What the leaf says, into the store. */
export const listenerOf = (readStore: ReadStore, log: Log): PictureListener => ({
  onSnapshot({content, version}) {
    readStore.setConnection('live');
    const read = SnapshotContent.safeParse(content);
    const inventory = read.success ? read.data.inventory : undefined;
    const isReadable = isInventory(inventory, version);
    readStore.replaceSnapshot(isReadable ? inventory : initialInventory);
    readStore.setUsers(read.success ? read.data.users : {});
    readStore.setHost(read.success ? read.data.host : null);
    readStore.set({
      limits: read.success ? read.data.limit : null,
      containers: read.success ? read.data.containers : UNREAD_CONTAINERS,
      roleLinks: read.success ? read.data.roleLinks : UNREAD_ROLE_LINKS,
      progress: read.success ? read.data.progress : {},
    });
    return isReadable;
  },
  onMessages: (messages) => readStore.apply(messages),
  onConnection: (kind) => readStore.setConnection(kind),
  onUsers: (users) => readStore.setUsers(users),
  onHost: readStore.setHost,
  onContainers: (containers) => readStore.set({containers}),
  onRoleLinks: (roleLinks) => readStore.set({roleLinks}),
  onProgress: (progress) => readStore.setProgress(progress),
  onUevents: (uevents) => readStore.pushUevents(uevents),
  onLimit: (limits) => readStore.set({limits}),
  onBroken(error) {
    log.error('read the stream', error);
    readStore.setConnection('stale');
  },
});
