import {expect, test} from 'vitest';

import {CimError} from '#domain/errors.ts';
import {createJetStreamEventStore} from '#drivers/nats/event-store.ts';
import type {NatsLink} from '#drivers/nats/link.ts';
import {semanticsSuite} from '#test/contract/semantics.suite.ts';
import {labelledEnvelope} from '#test/support/envelopes.ts';
import {natsGround} from '#test/support/grounds.ts';
import {startTestServer} from '#test/support/nats.ts';

const MAX_BYTES = 2 ** 26;

semanticsSuite('a real server', natsGround);

test.each([1, 3])(
  'an append that was stored but never heard of is found, with %i events',
  async (count) => {
    const server = await startTestServer();
    const {leafId, storeId} = server;
    const link = await server.connectAgent();
    const signal = AbortSignal.timeout(20_000);
    let lost = 0;
    const deaf: NatsLink = {
      ...link,
      async request(subject, body, options) {
        const answer = await link.request(subject, body, options);
        if (subject.includes('.events.') && lost < count) {
          lost += 1;
          throw new CimError('time-is-up', 'the answer was lost');
        }
        return answer;
      },
    };
    const store = createJetStreamEventStore({link: deaf, leafId, storeId, maxBytes: MAX_BYTES});
    await store.open(signal);
    const events = Array.from({length: count}, (_, at) => labelledEnvelope(leafId, 'p', `${at}`));
    const result = await store.append(events, {expectedSequence: 0, epoch: 1, signal});
    expect(result).toEqual({kind: 'appended', first: 1, last: count});
    expect(lost).toBeGreaterThan(0);
    expect(await store.lastSequence(signal)).toBe(count);
    await server.stop();
  },
);
