import {afterAll, beforeAll, describe, expect, it} from 'vitest';

import {checkMessage, findKind, type Verdict} from '#domain/api/check.ts';
import {QUERY_MESSAGES} from '#domain/api/query-messages.ts';
import {createMemoryClock} from '#drivers/memory/clock.ts';
import {createDemoContainers} from '#drivers/memory/demo-containers.ts';
import {createDemoMachine} from '#drivers/memory/demo-machine.ts';
import {demoMeter, demoUsage} from '#drivers/memory/demo-usage.ts';
import {createMemoryDeviceMonitor} from '#drivers/memory/device-monitor.ts';
import {parseUmockdev} from '#drivers/recording/umockdev.ts';
import {createCodec} from '#drivers/system/codec.ts';

import {openMemoryLeaf} from '../../../src/wiring/memory-leaf.ts';
import type {Reached} from '../../../src/wiring/reach.ts';

// A whole leaf over the demo's machine: what it says is held against what is published of it.

const codec = createCodec();
const ending = new AbortController();
const heard = new Map<string, Verdict[]>();
const clock = createMemoryClock();
let leaf: Reached;

beforeAll(async () => {
  const machine = createDemoMachine(parseUmockdev);
  const containers = createDemoContainers();
  const monitor = createMemoryDeviceMonitor(machine.devices, {links: machine.links, hasUdev: true});
  leaf = await openMemoryLeaf(
    {
      leafId: 'demo',
      actor: 'anna',
      monitor,
      clock,
      usage: demoUsage,
      meter: demoMeter,
      containers: containers.manager,
    },
    ending.signal,
  );
  leaf.bus.subscribe('cim.>', ({subject, body}) => {
    const verdict = checkMessage({subject, body: codec.decode(body)});
    heard.set(verdict.type ?? subject, [...(heard.get(verdict.type ?? subject) ?? []), verdict]);
  });
  monitor.plug(machine.visitor.devices);
  await clock.turn(5000);
  await wish('port', 'label', '1-1', {label: 'USB 1'});
  await wish('role', 'bind', 'scale', {port: 'USB 1', class: 'serial'});
  await wish('role', 'unbind', 'scale', {});
  await wish('leaf', 'label', 'demo', {label: 'Hall 3'});
  await wish('event', 'verify', 'demo', {});
  monitor.unplug(machine.visitor.devpath);
  containers.stopOne();
  await clock.turn(40_000);
});
afterAll(() => ending.abort());

const wish = (aggregate: string, verb: string, target: string, data: Record<string, unknown>) =>
  leaf.client.send({aggregate, verb, target, data});

const mistakesOf = (verdicts: readonly Verdict[]) => verdicts.flatMap(({mistakes}) => mistakes);

describe('everything that a leaf says fits what is published', () => {
  it('live, and what it is asked', () => {
    expect([...heard.keys()]).toEqual(
      expect.arrayContaining([
        'live.agent',
        'live.uevent',
        'live.user',
        'live.host',
        'live.container',
        'live.job',
        'command.port.label',
        'command.role.bind',
      ]),
    );
    for (const [name, verdicts] of heard) {
      expect(mistakesOf(verdicts), name).toEqual([]);
    }
  });

  it('every event that it stores', async () => {
    const types = new Set<string>();
    for await (const message of leaf.client.events.readAll({from: 1, signal: ending.signal})) {
      const verdict = checkMessage(message.kind === 'event' ? message.event : message);
      expect(verdict.mistakes).toEqual([]);
      types.add(verdict.type ?? '');
    }
    expect(types.size).toBeGreaterThan(7);
  });

  it.each(['accepted', 'refused'])('an answer, %s', async (how) => {
    const answer = await wish('leaf', 'label', 'demo', {label: how === 'accepted' ? 'Hall 4' : ''});
    expect([answer.ok, checkMessage(answer)]).toEqual([
      how === 'accepted',
      {type: 'answer', mistakes: [], notes: []},
    ]);
  });

  const queries = QUERY_MESSAGES.flatMap(({reply}) => (reply === null ? [] : [reply]));

  it.each(queries.filter((name) => name !== 'rows.snapshot.get'))('%s', async (name) => {
    const kind = findKind(name);
    for (const at of [undefined, 3]) {
      const subject = `cim.demo.queries.${name.slice('rows.'.length)}`;
      const request = codec.encode(at === undefined ? {} : {at});
      const {body} = await leaf.bus.request(subject, request, {timeoutMs: 5000});
      const verdict = checkMessage(codec.decode(body), 'found' in kind ? kind.found : undefined);
      const isRefused = name === 'rows.container.list' && at !== undefined;
      expect(verdict.mistakes.length > 0, JSON.stringify(verdict)).toBe(isRefused);
    }
  });

  it('a snapshot, unpacked', async () => {
    const {content} = await leaf.client.snapshot();
    const kind = findKind('rows.snapshot.get');
    expect(checkMessage(content, 'found' in kind ? kind.found : undefined).mistakes).toEqual([]);
  });
});
