import {describe, expect, it} from 'vitest';

import {createLeafClient} from '#client/leaf-client.ts';
import {UNREAD_CONTAINERS} from '#domain/container/container.ts';
import {NEVER_READ, type PortUsers} from '#domain/port/user.ts';
import {UNREAD_ROLE_LINKS} from '#domain/role/link.ts';
import {createMemoryClock} from '#drivers/memory/clock.ts';
import {createMemoryEventStore} from '#drivers/memory/event-store.ts';
import {createMemoryStream} from '#drivers/memory/event-stream.ts';
import {createMemoryIds} from '#drivers/memory/ids.ts';
import {createMemorySnapshots} from '#drivers/memory/snapshots.ts';
import {createMemoryBus} from '#drivers/memory-bus/memory-bus.ts';
import {createCodec} from '#drivers/system/codec.ts';
import {createAnswerBook} from '#services/answers.ts';
import {startDispatch} from '#services/dispatch.ts';
import {openJournal} from '#services/journal.ts';
import {createPast} from '#services/past.ts';
import {startQueries} from '#services/queries.ts';
import {readEvent} from '#services/read-event.ts';
import {USE_CASES} from '#services/registry.ts';
import {QUERIES} from '#services/views.ts';
import {socketAdded} from '#test/support/facts.ts';
import {silentLog} from '#test/support/silent-log.ts';

const SIGNAL = new AbortController().signal;
const STORE_ID = '0b0e7c1e-5f0a-4f0c-9a70-8a2f0f5b7f10';
const ID = '01890000-0000-7000-8000-000000000001';

/** A leaf's service layer without hardware, all in memory, and a client of it. */
async function serveSmallLeaf(stream = createMemoryStream({storeId: STORE_ID})) {
  const store = createMemoryEventStore({leafId: 'l', stream});
  await store.open(SIGNAL);
  const answers = createAnswerBook();
  const common = {
    leafId: 'l',
    bus: createMemoryBus({log: silentLog}),
    codec: createCodec(),
    ids: createMemoryIds(),
    log: silentLog,
  };
  const journal = await openJournal({
    ...common,
    bootId: null,
    epoch: 1,
    store,
    clock: createMemoryClock(),
    signal: SIGNAL,
    onApplied: () => undefined,
  });
  startDispatch({
    ...common,
    journal,
    answers,
    useCases: USE_CASES,
    readEvent: (reference) => readEvent(store, reference, SIGNAL),
    clock: {iso: () => '2026-11-22T16:00:12.000Z'},
    onAsked: () => undefined,
  });
  let users: PortUsers = {};
  const containers = UNREAD_CONTAINERS;
  startQueries({
    ...common,
    queries: QUERIES,
    picture: () => ({
      inventory: journal.inventory(),
      users,
      limit: null,
      host: null,
      containers,
      roleLinks: UNREAD_ROLE_LINKS,
      progress: {},
    }),
    past: createPast({
      ...common,
      store,
      snapshots: createMemorySnapshots(),
      now: () => journal.inventory(),
      signal: SIGNAL,
    }),
    reached: async () => undefined,
    onAsked: () => undefined,
  });
  const client = createLeafClient({
    ...common,
    actor: 'anna',
    channel: 'cli',
    origin: {kind: 'ssh'},
    events: store,
    timeoutMs: 1000,
  });
  const setUsers = (next: PortUsers): void => {
    users = next;
  };
  return {client, journal, stream, bus: common.bus, codec: common.codec, setUsers};
}

describe('a wish over the bus', () => {
  it('is stored with its actor, channel and origin', async () => {
    const {client, journal} = await serveSmallLeaf();
    await journal.submit(() => [socketAdded('usb-1')], {});
    const wish = {aggregate: 'port', verb: 'label', target: 'usb-1', data: {label: 'A'}};
    const answer = await client.send({...wish, id: ID});
    expect(answer).toMatchObject({ok: true, id: ID, sequence: 2});
    for await (const message of client.events.readAll({from: 2, signal: SIGNAL})) {
      expect(message).toMatchObject({
        event: {actor: 'anna', channel: 'cli', originkind: 'ssh', causationid: ID},
      });
    }
  });

  it('gets its first answer when sent again, also after a restart', async () => {
    const {client, journal, stream} = await serveSmallLeaf();
    await journal.submit(() => [socketAdded('usb-1')], {});
    const wish = {aggregate: 'port', verb: 'label', target: 'usb-1', data: {label: 'A'}, id: ID};
    const first = await client.send(wish);
    expect(await client.send(wish)).toEqual(first);
    const restarted = await serveSmallLeaf(stream);
    expect(await restarted.client.send(wish)).toEqual(first);
    expect(stream.lastSequence()).toBe(2);
  });

  it('is refused under an id that was used for another one', async () => {
    const {client, journal, stream} = await serveSmallLeaf();
    await journal.submit(() => [socketAdded('usb-1')], {});
    const wish = {aggregate: 'port', verb: 'label', target: 'usb-1', id: ID};
    await client.send({...wish, data: {label: 'A'}});
    const other = await client.send({...wish, data: {label: 'B'}});
    expect(other).toMatchObject({ok: false, code: 'bad-request'});
    expect(stream.lastSequence()).toBe(2);
  });

  it('that undoes an event names it as its cause, beside the command', async () => {
    const {client, journal} = await serveSmallLeaf();
    await journal.submit(() => [socketAdded('usb-1')], {});
    await client.send({aggregate: 'port', verb: 'label', target: 'usb-1', data: {label: 'A'}});
    const undo = {aggregate: 'event', verb: 'undo', target: '2', data: {}};
    expect(await client.send({...undo, id: ID})).toMatchObject({ok: true, sequence: 3});
    for await (const message of client.events.readAll({from: 3, signal: SIGNAL})) {
      expect(message).toMatchObject({
        event: {actor: 'anna', causationid: ID, correlationid: ID, causationsequence: '2'},
      });
    }
  });

  it('that something newer stands in the way of hears which event, whose, and when', async () => {
    const {client, journal} = await serveSmallLeaf();
    await journal.submit(() => [socketAdded('usb-1')], {});
    for (const label of ['A', 'B']) {
      await client.send({aggregate: 'port', verb: 'label', target: 'usb-1', data: {label}});
    }
    const undo = {aggregate: 'event', verb: 'undo', target: '2'};
    const newer = /event 3 of anna \(cli\), \d{4}-.*Z: B labelled "A" → "B"$/;
    for (const data of [{}, {dryRun: true}]) {
      const answer = await client.send({...undo, data});
      expect(answer).toMatchObject({code: 'superseded', message: expect.stringMatching(newer)});
    }
    const late = {aggregate: 'port', verb: 'label', target: 'usb-1', data: {label: 'C'}, seen: 2};
    expect(await client.send(late)).toMatchObject({
      code: 'changed-meanwhile',
      message: expect.stringMatching(/: label by event 3 of anna /),
    });
  });

  it('that undoes what is gone since hears what took it away', async () => {
    const {client, journal} = await serveSmallLeaf();
    await journal.submit(() => [socketAdded('usb-1')], {});
    const bind = {aggregate: 'role', verb: 'bind', target: 'scale', data: {port: 'usb-1'}};
    const unbind = {aggregate: 'role', verb: 'unbind', target: 'scale', data: {}};
    for (const wish of [bind, unbind, bind, unbind]) {
      expect(await client.send(wish)).toMatchObject({ok: true});
    }
    const messages = [];
    for (const target of ['2', '3']) {
      const answer = await client.send({aggregate: 'event', verb: 'undo', target, data: {}});
      messages.push(answer.ok ? '' : answer.message);
    }
    expect(messages).toEqual([
      expect.stringMatching(/: scale is unbound already by event 5 of anna \(cli\), /),
      expect.stringMatching(/: event 5 of anna .*: role scale unbound from usb-1$/),
    ]);
  });

  it('is carried out once when it comes twice at the same moment', async () => {
    const {client, journal, stream} = await serveSmallLeaf();
    await journal.submit(() => [socketAdded('usb-1')], {});
    const wish = {aggregate: 'port', verb: 'label', target: 'usb-1', data: {label: 'A'}, id: ID};
    const [one, other] = await Promise.all([client.send(wish), client.send(wish)]);
    expect(one).toEqual(other);
    expect(stream.lastSequence()).toBe(2);
  });

  it('is refused with a code, a sentence and a remedy', async () => {
    const {client} = await serveSmallLeaf();
    const wish = {aggregate: 'port', verb: 'label', target: 'nope', data: {label: 'A'}};
    expect(await client.send(wish)).toMatchObject({
      ok: false,
      code: 'unknown-port',
      message: 'there is no such port: nope',
    });
  });

  it('is refused when no such command exists, or the body is no JSON', async () => {
    const {client, bus, codec} = await serveSmallLeaf();
    const wish = {aggregate: 'port', verb: 'explode', target: 'x', data: {}};
    expect(await client.send(wish)).toMatchObject({ok: false, code: 'unknown-command'});
    const garbage = Uint8Array.from([123, 255]);
    const reply = await bus.request('cim.l.commands.anna.port.label', garbage, {timeoutMs: 1000});
    expect(codec.decode(reply.body)).toMatchObject({ok: false, code: 'bad-request'});
    expect(reply.headers['Nats-Service-Error-Code']).toBe('bad-request');
  });

  it('only says what it would do in a dry run', async () => {
    const {client, journal, stream} = await serveSmallLeaf();
    await journal.submit(() => [socketAdded('usb-1')], {});
    await client.send({aggregate: 'port', verb: 'label', target: 'usb-1', data: {label: 'A'}});
    const wish = {aggregate: 'event', verb: 'undo', target: '2', data: {dryRun: true}};
    expect(await client.send(wish)).toMatchObject({
      ok: true,
      events: [],
      would: [{type: 'cim.port.labelled.v1', data: {label: null}}],
    });
    expect(stream.lastSequence()).toBe(2);
  });
});

describe('a query over the bus', () => {
  it('comes in pages that are put together', async () => {
    const {client, journal} = await serveSmallLeaf();
    const facts = Array.from({length: 1200}, (_, index) => socketAdded(`usb-${index}`));
    await journal.submit(() => facts.slice(0, 400), {});
    await journal.submit(() => facts.slice(400, 800), {});
    await journal.submit(() => facts.slice(800), {});
    const {rows, sequence} = await client.query('port', 'list');
    expect(sequence).toBe(1200);
    expect(rows).toHaveLength(1200);
  });

  it.each([{target: 5}, {at: 0}, {at: 'noon'}, {after: '-3'}, {limit: 0}])(
    'refuses %j',
    async (request) => {
      const {client} = await serveSmallLeaf();
      await expect(client.query('port', 'list', request)).rejects.toMatchObject({
        code: 'bad-request',
      });
    },
  );

  it('gives the state as of an event, and what is read live not at all', async () => {
    const {client, journal} = await serveSmallLeaf();
    await journal.submit(() => [socketAdded('usb-1'), socketAdded('usb-2')], {});
    const {rows, sequence} = await client.query('port', 'list', {at: 1});
    expect(sequence).toBe(1);
    expect(rows).toMatchObject([{id: 'usb-1', user: {kind: 'unknown'}}]);
    await expect(client.query('port', 'list', {at: 3})).rejects.toMatchObject({code: 'no-event'});
    await expect(client.query('container', 'list', {at: 1})).rejects.toMatchObject({
      code: 'not-kept',
    });
  });

  it('gives a snapshot that holds the whole state', async () => {
    const {client, journal} = await serveSmallLeaf();
    await journal.submit(() => [socketAdded('usb-1')], {});
    const snapshot = await client.snapshot();
    expect(snapshot).toMatchObject({sequence: 1, content: {inventory: journal.inventory()}});
  });

  it('gives who uses what now, though no event has come since the last snapshot', async () => {
    const {client, journal, setUsers} = await serveSmallLeaf();
    await journal.submit(() => [socketAdded('usb-1')], {});
    await client.snapshot();
    const user = {...NEVER_READ, kind: 'free'} as const;
    setUsers({'usb-1': user});
    expect(await client.snapshot()).toMatchObject({content: {users: {'usb-1': user}}});
  });
});
