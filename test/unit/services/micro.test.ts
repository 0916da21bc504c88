import {readFileSync} from 'node:fs';

import {Ajv} from 'ajv';
import addFormats from 'ajv-formats';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';

import {createLeafClient} from '#client/leaf-client.ts';
import {COMMANDS} from '#domain/commands.ts';
import {MICRO_VERBS} from '#domain/micro.ts';
import {QUERY_DESCRIPTORS} from '#domain/queries.ts';
import {createMemoryClock, type MemoryClock} from '#drivers/memory/clock.ts';
import {createMemoryIds} from '#drivers/memory/ids.ts';
import {createMemoryBus} from '#drivers/memory-bus/memory-bus.ts';
import {createCodec} from '#drivers/system/codec.ts';
import {createMicro, type Micro} from '#services/micro.ts';
import {USE_CASES} from '#services/registry.ts';
import {QUERIES} from '#services/views.ts';
import {silentLog} from '#test/support/silent-log.ts';

const FIXTURES = new URL('../../fixtures/micro/', import.meta.url);
const NONE = new Uint8Array();

const ajv = new Ajv({strict: false});
addFormats.default(ajv);
const isValid = Object.fromEntries(
  MICRO_VERBS.map((verb) => {
    const text = readFileSync(new URL(`micro-${verb.toLowerCase()}.json`, FIXTURES), 'utf8');
    return [verb, ajv.compile(JSON.parse(text))];
  }),
);

const codec = createCodec();
const ids = createMemoryIds();
let clock: MemoryClock;
let micro: Micro;

beforeEach(() => {
  clock = createMemoryClock();
  micro = open('press');
  micro.start();
});
afterEach(() => micro.stop());

const bus = createMemoryBus({log: silentLog});

const open = (leafId: string): Micro =>
  createMicro({
    leafId,
    version: '0.1.0',
    bus,
    codec,
    clock,
    ids,
    useCases: USE_CASES,
    queries: QUERIES,
  });

async function ask(subject: string): Promise<readonly Record<string, unknown>[]> {
  const answers = await bus.requestAll(subject, NONE, {timeoutMs: 2000, silenceMs: 20});
  return answers.map(({body}) => Object(codec.decode(body)));
}

const request = (subject: string) => bus.request(subject, NONE, {timeoutMs: 2000});

const client = () =>
  createLeafClient({
    leafId: 'press',
    actor: 'anna',
    channel: 'nats',
    origin: {},
    bus,
    events: Object(undefined),
    codec,
    ids,
    timeoutMs: 2000,
  });

describe('$SRV', () => {
  it.each(MICRO_VERBS)('%s is answered as the protocol has it', async (verb) => {
    const [answer] = await ask(`$SRV.${verb}`);
    expect([isValid[verb]?.(answer), isValid[verb]?.errors]).toEqual([true, null]);
    expect(answer).toMatchObject({name: 'cim-leaf', version: '0.1.0', metadata: {leaf: 'press'}});
  });

  it('finds every leaf by its name, and one by its id', async () => {
    const other = open('hall');
    other.start();
    const found = await ask('$SRV.PING.cim-leaf');
    expect(found.map(({metadata}) => metadata)).toEqual([{leaf: 'press'}, {leaf: 'hall'}]);
    const [, second] = found;
    expect(await ask(`$SRV.INFO.cim-leaf.${second?.id}`)).toHaveLength(1);
    other.stop();
    expect(await ask('$SRV.PING')).toHaveLength(1);
  });

  it('names each command and each query, and no other', async () => {
    const [service] = await client().services();
    const names = service?.endpoints.map(({name}) => name) ?? [];
    expect(names.toSorted()).toEqual(
      [
        ...COMMANDS.map(({aggregate, verb}) => `command-${aggregate}-${verb}`),
        ...QUERY_DESCRIPTORS.map(({view, verb}) => `query-${view}-${verb}`),
        'query-snapshot-get',
      ].toSorted(),
    );
    expect(service?.endpoints.find(({name}) => name === 'command-port-label')).toMatchObject({
      subject: 'cim.press.commands.*.port.label',
      queueGroup: null,
      metadata: {kind: 'command', schema: 'command.port.label', danger: 'plain'},
    });
  });

  it('counts what is answered over its bus, refusals and failures as errors', async () => {
    micro.bus.respond('cim.press.commands.*.*.*', async ({subject}) => {
      await clock.turn(4);
      if (subject.endsWith('role.bind')) {
        throw new TypeError('no');
      }
      const headers = {'Nats-Service-Error': 'Two have it', 'Nats-Service-Error-Code': 'taken'};
      return subject.includes('.bert.') ? {body: NONE, headers} : {body: NONE};
    });
    micro.bus.respond('cim.press.queries.port.list', async () => ({body: NONE}));
    await request('cim.press.commands.anna.port.label');
    await request('cim.press.commands.bert.port.label');
    await request('cim.press.commands.anna.no.such');
    await request('cim.press.queries.port.list');
    await bus
      .request('cim.press.commands.anna.role.bind', NONE, {timeoutMs: 20})
      .catch(() => undefined);
    const [service] = await client().services();
    const counted = service?.endpoints.filter(({requests}) => requests > 0);
    expect(counted).toMatchObject([
      {
        name: 'command-port-label',
        requests: 2,
        errors: 1,
        lastError: 'taken:Two have it',
        averageMs: 4,
      },
      {name: 'command-role-bind', requests: 1, errors: 1},
      {name: 'query-port-list', requests: 1, errors: 0, lastError: '', averageMs: 0},
    ]);
    const [stats] = await ask('$SRV.STATS');
    expect([isValid.STATS?.(stats), isValid.STATS?.errors]).toEqual([true, null]);
  });

  it('is left out where it speaks another protocol', async () => {
    const odd = bus.respond('$SRV.INFO', async () => ({body: codec.encode({type: 'odd'})}));
    expect((await client().services()).map(({name}) => name)).toEqual(['cim-leaf']);
    odd.stop();
  });
});
