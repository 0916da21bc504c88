import {afterEach, beforeEach, describe, expect, test} from 'vitest';

import type {LeafClient} from '#client/leaf-client.ts';
import type {EventStore} from '#contracts/event-store.ts';
import type {CimEvent} from '#domain/envelope.ts';
import {createCodec} from '#drivers/system/codec.ts';
import {createSystemIds} from '#drivers/system/ids.ts';
import type {LeafService} from '#services/leaf/serve.ts';
import {collect} from '#test/support/collect.ts';
import {labelledEnvelope} from '#test/support/envelopes.ts';
import {socketAdded} from '#test/support/facts.ts';
import {
  type AgentLife,
  annaOn,
  beginLife,
  contendedStore,
  GROUND_PORT,
  type LeafGround,
  type LeafIdentity,
} from '#test/support/leaf-ground.ts';

const IDENTITY = {leafId: 'semantics', storeId: '0b0e7c1e-5f0a-4f0c-9a70-8a2f0f5b7f10'};
const {leafId} = IDENTITY;

const ids = createSystemIds();
const codec = createCodec();
const label = (text: string | null, target = GROUND_PORT) => ({
  aggregate: 'port',
  verb: 'label',
  target,
  data: {label: text},
});

/** What docs/semantics.md promises of the whole service layer, on one kind of store and bus. */
export function semanticsSuite(
  driver: string,
  start: (identity: LeafIdentity) => Promise<LeafGround>,
): void {
  describe(`semantics on ${driver}`, () => {
    let ground: LeafGround;
    let signal: AbortSignal;
    let anna: LeafClient;
    let lives: AgentLife[];

    beforeEach(async () => {
      signal = AbortSignal.timeout(20_000);
      ground = await start(IDENTITY);
      lives = [];
      anna = annaOn(ground, IDENTITY);
    });
    afterEach(async () => {
      for (const life of lives) {
        await life.kill();
      }
      await ground.stop();
    });

    const begin = async (store?: EventStore, snapshotEvery?: number): Promise<AgentLife> => {
      const epoch = lives.length + 1;
      const life = await beginLife({ground, identity: IDENTITY, epoch, store, snapshotEvery});
      lives.push(life);
      return life;
    };
    const serve = async (...given: Parameters<typeof begin>): Promise<LeafService> =>
      (await begin(...given)).service;
    const events = async (from = 1): Promise<readonly CimEvent[]> =>
      (await collect(ground.reader.readAll({from, signal}))).flatMap((message) =>
        message.kind === 'event' ? [message.event] : [],
      );
    const stored = () => ground.reader.lastSequence(signal);

    test('a command sent again gets its first answer and is done once', async () => {
      await serve();
      const wish = {...label('A'), id: ids.messageId()};
      const first = await anna.send(wish);
      expect(first).toMatchObject({ok: true, id: wish.id});
      const before = await stored();
      expect(await anna.send(wish)).toEqual(first);
      expect(await stored()).toBe(before);
    });

    test('a command sent again after a restart gets its first answer', async () => {
      const service = await serve();
      const wish = {...label('A'), id: ids.messageId()};
      const first = await anna.send(wish);
      await service.stop('signal');
      await serve();
      const before = await stored();
      expect(await anna.send(wish)).toEqual(first);
      expect(await stored()).toBe(before);
    });

    test('a command sent again to an agent that began at a kept state gets its first answer', async () => {
      const service = await serve(undefined, 4);
      const wish = {...label('A'), id: ids.messageId()};
      const first = await anna.send(wish);
      await anna.send(label('B'));
      await service.stop('signal');
      const kept = (await ground.snapshots.list()).at(-1);
      expect(kept?.sequence).toBeGreaterThanOrEqual(first.ok ? first.sequence : Infinity);
      const store = ground.createStore();
      const read: number[] = [];
      await serve({
        ...store,
        readPortions(options) {
          read.push(options.from);
          return store.readPortions(options);
        },
      });
      expect(read[0]).toBe((kept?.sequence ?? 0) + 1);
      expect(await anna.send(wish)).toEqual(first);
      const other = await anna.send({...label('C'), id: wish.id});
      expect(other).toMatchObject({ok: false, code: 'bad-request'});
    });

    test('an id that was used for another command is refused, also after a restart', async () => {
      const service = await serve();
      const id = ids.messageId();
      expect(await anna.send({...label('A'), id})).toMatchObject({ok: true});
      const others = [
        {...label('B'), id},
        {...label('A', 'br0'), id},
        {...label('A'), verb: 'forget', data: {}, id},
      ];
      for (const other of others) {
        expect(await anna.send(other)).toMatchObject({ok: false, code: 'bad-request'});
      }
      await service.stop('signal');
      await serve();
      const before = await stored();
      for (const other of others) {
        expect(await anna.send(other)).toMatchObject({ok: false, code: 'bad-request'});
      }
      expect(await stored()).toBe(before);
    });

    test('a wish that an agent ended over is not done by the next; sent again it is done once', async () => {
      const store = ground.createStore();
      const ending = Promise.withResolvers<void>();
      let isDeaf = false;
      const first = await begin({
        ...store,
        append(given, options) {
          if (isDeaf) {
            ending.resolve();
            return new Promise(() => undefined);
          }
          return store.append(given, options);
        },
      });
      isDeaf = true;
      const wish = {...label('A'), id: ids.messageId()};
      void anna.send(wish).catch(() => undefined); // nobody answers it
      await ending.promise;
      await first.kill();
      await serve();
      expect((await events()).filter(({actor}) => actor === 'anna')).toEqual([]);
      expect(await anna.send(wish)).toMatchObject({ok: true});
      expect((await events()).filter(({actor}) => actor === 'anna')).toHaveLength(1);
    });

    test('a decision is made again on what another writer has stored', async () => {
      const {store, contend, tried} = contendedStore(ground, IDENTITY, signal);
      await serve(store);
      contend(2);
      const before = await stored();
      const answer = await anna.send(label('A'));
      expect(answer).toMatchObject({ok: true, sequence: before + 3});
      expect(tried()).toBe(3);
      expect((await events(before + 1)).map(({subject}) => subject)).toEqual([
        'elsewhere',
        'elsewhere',
        GROUND_PORT,
      ]);
    });

    test('a fence lost three times is a refusal, and nothing of the decision is stored', async () => {
      const {store, contend, tried} = contendedStore(ground, IDENTITY, signal);
      const service = await serve(store);
      contend(9);
      const before = await stored();
      const many = Array.from({length: 40}, (_, index) => socketAdded(`usb-${index}`));
      expect(await service.journal.submit(() => many, {})).toMatchObject({refused: 'fence-lost'});
      expect(tried()).toBe(3);
      expect((await events(before + 1)).map(({subject}) => subject)).toEqual(
        Array.from({length: 3}, () => 'elsewhere'),
      );
      contend(0);
      expect(await anna.send(label('A'))).toMatchObject({ok: true});
    });

    test('events of one decision stand together, in its order', async () => {
      const service = await serve();
      const before = await stored();
      const many = (name: string) =>
        Array.from({length: 300}, (_, index) => socketAdded(`${name}-${index}`));
      const outcomes = await Promise.all([
        service.journal.submit(() => many('a'), {}),
        anna.send(label('A')),
        service.journal.submit(() => many('b'), {}),
      ]);
      expect(outcomes).toMatchObject([{kind: 'stored'}, {ok: true}, {kind: 'stored'}]);
      const subjects = (await events(before + 1)).map(({subject}) => subject);
      for (const name of ['a', 'b']) {
        const wanted = many(name).map(({subject}) => subject);
        const at = subjects.indexOf(wanted[0] ?? '');
        expect(subjects.slice(at, at + 300)).toEqual(wanted);
      }
    });

    test('order is total: every reader sees the same, without a gap', async () => {
      await serve();
      const stop = new AbortController();
      const followed: string[] = [];
      const following = (async () => {
        for await (const {sequence, ...message} of ground.reader.follow({
          from: 1,
          signal: stop.signal,
        })) {
          followed.push(`${sequence} ${message.kind === 'event' ? message.event.id : '-'}`);
        }
      })();
      const answers = await Promise.all(
        Array.from({length: 20}, (_, index) => anna.send(label(`port ${index}`))),
      );
      const read = (await collect(ground.createStore().readAll({from: 1, signal}))).map(
        (message) => `${message.sequence} ${message.kind === 'event' ? message.event.id : '-'}`,
      );
      while (followed.length < read.length) {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      stop.abort();
      await following;
      expect(followed).toEqual(read);
      expect(read.map((line) => Number(line.split(' ')[0]))).toEqual(read.map((_, at) => at + 1));
      const told = answers.map((answer) =>
        answer.ok ? `${answer.sequence} ${answer.events}` : '-',
      );
      expect(read).toEqual(expect.arrayContaining(told));
    });

    test('what a wish came to names it, who wished it and how; what was seen follows from no wish', async () => {
      await serve();
      const seen = await events();
      const id = ids.messageId();
      await anna.send({...label('A'), id});
      const [labelled] = await events(seen.length + 1);
      expect(labelled).toMatchObject({
        correlationid: id,
        causationid: id,
        actor: 'anna',
        channel: 'cli',
        originkind: 'ssh',
        originaddress: '192.0.2.7',
      });
      const seenIds: readonly string[] = seen.map((event) => event.id);
      for (const event of seen) {
        expect(event.actor).toBeUndefined();
        expect(seenIds).toContain(event.correlationid);
        expect(seenIds).toContain(event.causationid);
      }
    });

    test('an actor that a body claims is nobody', async () => {
      await serve();
      const body = codec.encode({...label('A'), actor: 'root', origin: {actor: 'root'}});
      const subject = `cim.${leafId}.commands.anna.port.label`;
      await ground.consoleBus.request(subject, body, {timeoutMs: 5000});
      expect((await events()).at(-1)).toMatchObject({actor: 'anna', channel: 'nats'});
    });

    test('a wish on a picture that is old is refused, and stores nothing', async () => {
      await serve();
      const seen = await stored();
      expect(await anna.send({...label('A'), seen})).toMatchObject({ok: true});
      const late = await anna.send({...label('B'), seen});
      expect(late).toMatchObject({ok: false, code: 'changed-meanwhile'});
      expect(await stored()).toBe(seen + 1);
      expect(await anna.send({...label('B'), seen: seen + 1})).toMatchObject({ok: true});
    });

    test('what a newer version wrote to is left alone, and the rest decided on', async () => {
      const service = await serve();
      await service.stop('signal');
      const writer = ground.createStore();
      const {sequence} = await writer.open(signal);
      const type = 'cim.port.labelled.v2';
      const newer = {
        ...labelledEnvelope(leafId, GROUND_PORT, ''),
        type,
        data: {labels: ['A', 'B']},
      };
      await writer.append([newer], {expectedSequence: sequence, epoch: 1, signal});
      await serve();
      expect(await anna.send(label('C'))).toMatchObject({ok: false, code: 'newer-event'});
      const leafLabel = {aggregate: 'leaf', verb: 'label', target: leafId, data: {label: 'L'}};
      expect(await anna.send(leafLabel)).toMatchObject({ok: true});
    });
  });
}
