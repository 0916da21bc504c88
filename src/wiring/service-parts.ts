import {dirname} from 'node:path';

import type {Bus} from '#contracts/bus.ts';
import type {HeldLease} from '#contracts/lease.ts';
import {readBootId} from '#drivers/home/boot-id.ts';
import {syncFolder} from '#drivers/home/sync-folder.ts';
import {createAcknowledger} from '#drivers/log/acknowledge.ts';
import {createJetStreamEventStore} from '#drivers/nats/event-store.ts';
import type {NatsLink} from '#drivers/nats/link.ts';
import {createNatsSnapshots} from '#drivers/nats/snapshots.ts';
import {createNatsStateRows} from '#drivers/nats/state-rows.ts';
import {eventStoreBytes} from '#drivers/nats-server/store-size.ts';
import {createCodec} from '#drivers/system/codec.ts';
import {createSystemIds} from '#drivers/system/ids.ts';
import type {LeafServiceOptions} from '#services/leaf/options.ts';
import type {Building} from './agent-server.ts';
import {VERSION} from './config.ts';
import {createMachineDrivers} from './machine-drivers.ts';

/** What the service layer of this machine stands on, over an open connection and a held lease. */
export async function serviceParts({
  settings,
  leaf,
  link,
  bus,
  log,
  held,
}: Building & {
  readonly link: NatsLink;
  readonly bus: Bus;
  readonly held: HeldLease;
}): Promise<Omit<LeafServiceOptions, 'clock'>> {
  const maxBytes = await eventStoreBytes(settings.places.home);
  return {
    ...createMachineDrivers({settings, log}),
    agent: {...leaf, bootId: readBootId(), version: VERSION},
    epoch: held.epoch,
    store: createJetStreamEventStore({
      ...leaf,
      link,
      maxBytes,
      // The server syncs what it stores, but not the folders of a stream that it has just made: after
      // a power cut the stream was gone as a whole.
      onMade: () => syncFolder(settings.places.home, dirname(settings.places.home)),
    }),
    snapshots: createNatsSnapshots({...leaf, link}),
    stateRows: createNatsStateRows({...leaf, link}),
    bus,
    codec: createCodec(),
    ids: createSystemIds(),
    log,
    onStored: createAcknowledger(process.env.CIM_ACK_FD),
  };
}
