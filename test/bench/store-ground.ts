import {provideLeafFile} from '#drivers/home/leaf-file.ts';
import {connectNats} from '#drivers/nats/connect.ts';
import {createJetStreamEventStore} from '#drivers/nats/event-store.ts';
import type {NatsLink} from '#drivers/nats/link.ts';
import {createNatsSnapshots} from '#drivers/nats/snapshots.ts';
import {createEmbeddedServer} from '#drivers/nats-server/embedded-server.ts';
import {createCodec} from '#drivers/system/codec.ts';
import type {Journal} from '#services/journal.ts';
import {type KeepingOptions, keepSnapshot, newestSnapshot} from '#services/snapshots.ts';
import {openJournalOn} from '#test/support/open-journal.ts';
import {silentLog} from '#test/support/silent-log.ts';

const MAX_BYTES = 4 * 2 ** 30;

/** A leaf's server in this process's hands, in a home that a real agent may take over later. */
export interface StoreGround {
  readonly leafId: string;
  /** From start to ready: what the server itself needs to take up its store again. */
  readonly readyMs: number;
  readonly serverPid: number;
  /** What an agent stands on: a connection of its own each time. */
  openStore(): Promise<OpenStore>;
  stop(): Promise<void>;
}

export interface OpenStore {
  readonly link: NatsLink;
  readonly store: ReturnType<typeof createJetStreamEventStore>;
  readonly keeping: KeepingOptions;
  /** The journal as an agent opens it: from the newest kept state, or from event 1. */
  openJournal(from: 'newest' | 'first'): Promise<Journal>;
}

/** Starts the server of a home. */
export async function startGround(home: string, signal: AbortSignal): Promise<StoreGround> {
  const {leafId, storeId} = provideLeafFile(home, 'bench');
  const server = createEmbeddedServer({home, leafId, log: silentLog, env: process.env});
  const begun = performance.now();
  const {url, credsPath} = await server.start(() => undefined, signal);
  const readyMs = performance.now() - begun;
  const links: NatsLink[] = [];
  return {
    leafId,
    readyMs,
    serverPid: server.pid() ?? 0,
    async openStore() {
      const link = await connectNats({url, credsPath, name: 'bench', signal});
      links.push(link);
      const store = createJetStreamEventStore({link, leafId, storeId, maxBytes: MAX_BYTES});
      const snapshots = createNatsSnapshots({link, leafId});
      const keeping = {snapshots, codec: createCodec(), log: silentLog};
      return {
        link,
        store,
        keeping,
        async openJournal(from) {
          const {sequence} = await store.open(signal);
          return openJournalOn(store, {
            leafId,
            signal,
            from: from === 'newest' ? await newestSnapshot(keeping, sequence) : undefined,
            onMilestone: (inventory) => keepSnapshot(keeping, inventory),
          });
        },
      };
    },
    async stop() {
      await Promise.all(links.map(({connection}) => connection.close()));
      await server.stop();
    },
  };
}
