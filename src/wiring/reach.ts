import type {Connected} from '#cli/verb.ts';
import {createLeafClient, type LeafClientOptions} from '#client/leaf-client.ts';
import type {Bus} from '#contracts/bus.ts';
import type {LeafAddress} from '#contracts/leaf-locator.ts';
import type {Log} from '#contracts/log.ts';
import {tokenFromId} from '#domain/ids.ts';
import {createNatsBus} from '#drivers/nats/bus.ts';
import {connectNats} from '#drivers/nats/connect.ts';
import {createJetStreamEventReader} from '#drivers/nats/event-reader.ts';
import {createCodec} from '#drivers/system/codec.ts';
import {createSystemIds} from '#drivers/system/ids.ts';
import {originOfHere} from './origin.ts';

/** A reached leaf, with the link under it. */
export interface Reached extends Connected {
  readonly bus: Bus;
  readonly address: LeafAddress;
}

/** Connects to a leaf as this person. @throws CimError `no-agent`, `nats-refused`, `time-is-up` */
export async function reachLeaf(
  address: LeafAddress,
  options: Pick<LeafClientOptions, 'channel' | 'timeoutMs'> & {
    readonly log: Log;
    readonly signal: AbortSignal;
  },
): Promise<Reached> {
  const {leafId, url, credsPath, actor} = address;
  const {log, signal, channel, timeoutMs} = options;
  const inboxPrefix = `_INBOX.${tokenFromId(actor)}`;
  const name = `cim-tui ${channel}`;
  const link = await connectNats({url, credsPath, name, inboxPrefix, timeoutMs, signal});
  const bus = createNatsBus({link, log});
  const client = createLeafClient({
    leafId,
    actor,
    channel,
    timeoutMs,
    origin: originOfHere(process.env),
    bus,
    events: createJetStreamEventReader({link, leafId}),
    codec: createCodec(),
    ids: createSystemIds(),
  });
  return {client, url, credsPath, bus, address, close: () => bus.close()};
}
