import {afterAll, beforeAll, describe, expect, test} from 'vitest';

import {z} from 'zod';

import {CommandRequest} from '#domain/command.ts';
import {natsError} from '#drivers/nats/errors.ts';
import {createJetStreamEventReader} from '#drivers/nats/event-reader.ts';
import {createJetStreamEventStore} from '#drivers/nats/event-store.ts';
import {callJetStream} from '#drivers/nats/jetstream-api.ts';
import type {NatsLink} from '#drivers/nats/link.ts';
import {ensureProgramConsumer, listProgramConsumers} from '#drivers/nats/program-consumer.ts';
import {labelledEnvelope} from '#test/support/envelopes.ts';
import {startTestServer, type TestServer} from '#test/support/nats.ts';
import {until} from '#test/support/until.ts';

const LEAF = 'test-leaf';
const STREAM = `CIM_EVENTS_${LEAF}`;
const EVENT = `cim.${LEAF}.events.port.usb-1-3.labelled`;
const FORGED = `cim.${LEAF}.commands.bert.port.label`;
const NEXT = `$JS.API.CONSUMER.MSG.NEXT.${STREAM}`;
const EVENTS = 60;

let server: TestServer;
let agent: NatsLink;
let scale: NatsLink;
let signal: AbortSignal;

beforeAll(async () => {
  signal = AbortSignal.timeout(60_000);
  server = await startTestServer(LEAF);
  agent = await server.connectAgent();
  const {storeId} = server;
  const store = createJetStreamEventStore({link: agent, leafId: LEAF, storeId, maxBytes: 2 ** 24});
  await store.open(signal);
  const events = Array.from({length: EVENTS}, (_, index) =>
    labelledEnvelope(LEAF, 'usb-1-3', `label ${index}`),
  );
  await store.append(events, {expectedSequence: 0, epoch: 1, signal});
  for (const name of ['program-scale', 'program-other']) {
    await admit(name);
  }
  scale = await server.connectConsole('program-scale');
});
afterAll(() => server.stop());

const admit = (name: string, aggregates: readonly string[] = []) =>
  ensureProgramConsumer(agent, {leafId: LEAF, name, aggregates, from: 'all'}, signal);

const lastSequence = () =>
  createJetStreamEventReader({link: agent, leafId: LEAF}).lastSequence(signal);

/** What becomes of a request: the code, or `answered`. */
async function ask(link: NatsLink, subject: string, body = ''): Promise<string> {
  try {
    await link.request(subject, body, {timeoutMs: 5000});
    return 'answered';
  } catch (error) {
    return natsError(error, subject).code;
  }
}

/** The next message; it comes under the subject of its event, so no shared inbox knows it. */
function next(link: NatsLink, name: string) {
  const wanted = JSON.stringify({batch: 1, expires: 2_000_000_000});
  return link.connection.request(`${NEXT}.${name}`, wanted, {noMux: true, timeout: 5000});
}

const Delivered = z.object({delivered: z.object({consumer_seq: z.number()})});

/** How many messages the consumer has handed out so far. */
async function deliveredCount(): Promise<number> {
  const subject = `CONSUMER.INFO.${STREAM}.program-scale`;
  return (await callJetStream(agent, {subject, answer: Delivered}, signal)).delivered.consumer_seq;
}

describe('a program and its durable consumer', () => {
  test('are used by a client that knows nothing of us', async () => {
    const heard: unknown[] = [];
    for (let count = 0; count < 2; count += 1) {
      const message = await next(scale, 'program-scale');
      heard.push([message.subject, message.json<{data: object}>().data]);
      await scale.connection.request(message.reply ?? '', '+ACK', {timeout: 5000});
    }
    expect(heard).toMatchObject([
      [EVENT, {label: 'label 0'}],
      [EVENT, {label: 'label 1'}],
    ]);
    const [, position] = await listProgramConsumers(agent, LEAF, signal);
    expect(position).toMatchObject({name: 'program-scale', ack_floor: {stream_seq: 2}});
  });

  test('keep their place when they are admitted again', async () => {
    expect(await admit('program-scale', ['device'])).toMatchObject({
      ack_floor: {stream_seq: 2},
      config: {filter_subject: `cim.${LEAF}.events.>`},
    });
    const picky = await admit('program-picky', ['device', 'role']);
    expect([picky.num_pending, picky.config.filter_subjects]).toEqual([
      0,
      [`cim.${LEAF}.events.device.>`, `cim.${LEAF}.events.role.>`],
    ]);
  });

  test.each([
    `${NEXT}.program-other`,
    `$JS.API.CONSUMER.INFO.${STREAM}.program-scale`,
    `$JS.ACK.${STREAM}.program-other.1.1.1.1.0`,
    `$JS.API.CONSUMER.CREATE.${STREAM}.program-scale`,
    `$JS.API.CONSUMER.DURABLE.CREATE.${STREAM}.program-scale`,
    `$JS.API.CONSUMER.DELETE.${STREAM}.program-scale`,
    `$JS.API.CONSUMER.PAUSE.${STREAM}.program-scale`,
    `$JS.API.CONSUMER.RESET.${STREAM}.program-scale`,
    `$JS.API.CONSUMER.UNPIN.${STREAM}.program-scale`,
    `$JS.API.CONSUMER.MSG.NEXT.KV_cim_lease_${LEAF}.program-scale`,
    `$JS.ACK.KV_cim_lease_${LEAF}.program-scale.1.1.1.1.0`,
    '$JS.API.CONSUMER.LIST.KV_cim_state',
  ])('have no right on %s', async (subject) => {
    expect(await ask(scale, subject, '{}')).toBe('nats-refused');
  });

  test.each([EVENT, FORGED])('have nothing delivered to %s', async (target) => {
    const heard: string[] = [];
    const listening = agent.connection.subscribe(`cim.${LEAF}.commands.>`, {
      callback: (_, {subject}) => void heard.push(subject),
    });
    await agent.connection.flush();
    const before = await deliveredCount();
    const {reply = ''} = await next(scale, 'program-scale');
    const pull = {batch: 3, expires: 500_000_000, idle_heartbeat: 100_000_000};
    for (const wanted of [pull, {batch: 1, no_wait: true}]) {
      scale.connection.publish(`${NEXT}.program-scale`, JSON.stringify(wanted), {reply: target});
    }
    for (const word of ['+NXT', '+NXT {"batch": 3}', '+WPI', '-NAK', '+TERM', '+ACK']) {
      scale.connection.publish(reply, word, {reply: target});
    }
    await next(scale, 'program-scale');
    const own = `cim.${LEAF}.commands.program-scale.port.label`;
    scale.connection.publish(own, '', {reply: target});
    await until(
      () => heard,
      (subjects) => subjects.includes(own),
    );
    // Towards a command the attempt is a real one: the server hands out, and nobody gets it.
    expect((await deliveredCount()) - before > 2).toBe(target === FORGED);
    expect([await lastSequence(), heard]).toEqual([EVENTS, [own]]);
    listening.unsubscribe();
  });

  test('would not be obeyed: an event cannot be read as a command', () => {
    const event = labelledEnvelope(LEAF, 'usb-1-3', 'label');
    expect(CommandRequest.safeParse(event).success).toBe(false);
  });
});
