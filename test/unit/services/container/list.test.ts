import {describe, expect, it} from 'vitest';

import {createLeafClient} from '#client/leaf-client.ts';
import {type Containers, UNREAD_CONTAINERS} from '#domain/container/container.ts';
import {UNREAD_ROLE_LINKS} from '#domain/role/link.ts';
import {createMemoryEventStore} from '#drivers/memory/event-store.ts';
import {createMemoryStream} from '#drivers/memory/event-stream.ts';
import {createMemoryIds} from '#drivers/memory/ids.ts';
import {createMemoryBus} from '#drivers/memory-bus/memory-bus.ts';
import {createCodec} from '#drivers/system/codec.ts';
import {initialInventory} from '#projections/inventory.ts';
import {startQueries} from '#services/queries.ts';
import {QUERIES} from '#services/views.ts';
import {containerFact} from '#test/support/containers.ts';
import {silentLog} from '#test/support/silent-log.ts';

const SEEN_AT = '2026-11-22T16:00:00.000Z';

/** A client of a leaf that has read these containers. */
function clientOf(containers: Containers) {
  const common = {
    leafId: 'l',
    bus: createMemoryBus({log: silentLog}),
    codec: createCodec(),
    ids: createMemoryIds(),
  };
  startQueries({
    ...common,
    queries: QUERIES,
    picture: () => ({
      inventory: initialInventory,
      users: {},
      limit: null,
      host: null,
      containers,
      roleLinks: UNREAD_ROLE_LINKS,
      progress: {},
    }),
    past: {at: () => Promise.reject(new Error('not asked'))},
    reached: async () => undefined,
    onAsked: () => undefined,
  });
  return createLeafClient({
    ...common,
    actor: 'anna',
    channel: 'cli',
    origin: {},
    events: createMemoryEventStore({leafId: 'l', stream: createMemoryStream({storeId: 's'})}),
    timeoutMs: 1000,
  });
}

const query = (containers: Containers, request = {}) =>
  clientOf(containers).query('container', 'list', request);

describe('container.list', () => {
  it('gives each container in the shape that others build on, null for what is not known', async () => {
    const list = [containerFact('web', {addresses: ['10.233.1.2', 'fe80::1']})];
    const {rows} = await query({list, limit: null, seenAt: SEEN_AT});
    expect(rows).toEqual([
      {
        name: 'web',
        template: null,
        kind: null,
        state: 'running',
        health: null,
        address: '10.233.1.2',
        cpu: null,
        memory: null,
        roles: [],
        since: '2026-11-22T15:00:00.000Z',
        sequence: null,
        class: 'container',
        unit: 'container@web.service',
        leader: 4242,
        service: 'systemd-nspawn',
        rootDirectory: '/var/lib/nixos-containers/web',
        network: 'own',
        addresses: ['10.233.1.2', 'fe80::1'],
        source: 'machined',
        seenAt: SEEN_AT,
      },
    ]);
  });

  it('is in order of name, and of one when it is asked for', async () => {
    const list = ['web', 'cam', 'mqtt'].map((name) => containerFact(name));
    const containers = {list, limit: null, seenAt: SEEN_AT};
    const {rows} = await query(containers);
    expect(rows).toMatchObject([{name: 'cam'}, {name: 'mqtt'}, {name: 'web'}]);
    expect((await query(containers, {target: 'cam'})).rows).toMatchObject([{name: 'cam'}]);
    expect((await query(containers, {target: 'ca'})).rows).toEqual([]);
  });

  it('is refused where nothing can be seen: an empty list would be a claim', async () => {
    const limit = {refused: 'no-machined', detail: 'nobody bears the name'} as const;
    await expect(query({list: [], limit, seenAt: SEEN_AT})).rejects.toMatchObject({
      code: 'no-machined',
      message: 'query container.list: nobody bears the name',
    });
    await expect(query(UNREAD_CONTAINERS)).rejects.toMatchObject({code: 'not-read-yet'});
  });

  it('status counts them where they can be seen', async () => {
    const status = async (containers: Containers) =>
      (await clientOf(containers).query('status', 'show')).rows;
    const list = [containerFact('web'), containerFact('cam')];
    expect(await status({list, limit: null, seenAt: SEEN_AT})).toMatchObject([{containers: 2}]);
    expect(await status(UNREAD_CONTAINERS)).toMatchObject([{containers: null}]);
  });
});
