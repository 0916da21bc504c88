import {afterEach, beforeEach, describe, expect, it} from 'vitest';

import type {Leaf} from '#client/leaf.ts';
import {createTypedLeaf} from '#client/typed-leaf.ts';
import {isCimError} from '#domain/errors.ts';
import {createMemoryClock} from '#drivers/memory/clock.ts';
import {demoMeter, demoUsage} from '#drivers/memory/demo-usage.ts';
import {createMemoryDeviceMonitor} from '#drivers/memory/device-monitor.ts';
import {collect} from '#test/support/collect.ts';
import {bridgeOf} from '#test/support/hardware.ts';

import {openMemoryLeaf} from '../../../src/wiring/memory-leaf.ts';
import type {Reached} from '../../../src/wiring/reach.ts';

let ending: AbortController;
let reached: Reached;
let leaf: Leaf;

beforeEach(async () => {
  ending = new AbortController();
  const monitor = createMemoryDeviceMonitor([bridgeOf('br0', 7), bridgeOf('br1', 8)]);
  reached = await openMemoryLeaf(
    {
      leafId: 'press',
      actor: 'anna',
      monitor,
      clock: createMemoryClock(),
      usage: demoUsage,
      meter: demoMeter,
    },
    ending.signal,
  );
  leaf = createTypedLeaf(reached.client, reached.close);
});
afterEach(() => ending.abort());

/** Labels a port, and the sequence at which it bears the label. */
async function label(target: string, text: string): Promise<number> {
  const answer = await leaf.command('port.label', target, {label: text});
  return answer.ok ? answer.sequence : Promise.reject(new Error(answer.message));
}

describe('a leaf as programs have it', () => {
  it('does what it is asked, and a refusal is an answer', async () => {
    const sequence = await label('br0', 'Uplink');
    const {rows} = await leaf.query('port.list', {target: 'Uplink', seen: sequence});
    expect(rows).toMatchObject([{name: 'br0', label: 'Uplink', sequence}]);
    const refused = await leaf.command('port.label', 'br1', {label: 'Uplink'});
    expect(refused).toMatchObject({ok: false, code: 'label-taken'});
    const late = await leaf.command('port.label', 'br0', {label: 'Other'}, {seen: sequence - 1});
    expect(late).toMatchObject({ok: false, code: 'changed-meanwhile'});
  });

  it('gives a command that is sent again its first answer', async () => {
    const id = '0193d6a0-0000-7000-8000-000000000001';
    const send = () => leaf.command('port.label', 'br0', {label: 'Uplink'}, {id});
    expect(await send()).toEqual(await send());
  });

  it('gives rows and state as of a sequence', async () => {
    const first = await label('br0', 'One');
    await label('br0', 'Two');
    const then = await leaf.query('port.list', {target: 'One', at: first});
    expect([then.sequence, then.rows.map(({name}) => name)]).toEqual([first, ['br0']]);
    const labelAt = async (at?: number) => {
      const {sequence, state} = await leaf.state(at);
      const port = Object.values(state.inventory.ports).find(({name}) => name === 'br0');
      return [sequence, port?.label];
    };
    expect(await labelAt(first)).toEqual([first, 'One']);
    expect(await labelAt(first - 1)).toEqual([first - 1, null]);
    expect(await labelAt()).toEqual([first + 1, 'Two']);
  });

  it('follows from any sequence, until it is told to end or closed', async () => {
    const first = await label('br0', 'One');
    await label('br0', 'Two');
    const heard: unknown[] = [];
    const closing = new AbortController();
    for await (const message of leaf.follow({from: first, signal: closing.signal})) {
      const {sequence} = message;
      heard.push([sequence, message.kind === 'event' ? message.event.data : message.kind]);
      if (sequence === first + 1) {
        closing.abort();
      }
    }
    expect(heard).toMatchObject([
      [first, {label: 'One'}],
      [first + 1, {label: 'Two'}],
    ]);
    expect(await leaf.message(first)).toMatchObject({kind: 'event', event: {actor: 'anna'}});
    expect(await leaf.message(first + 2)).toBeUndefined();
    const following = collect(leaf.follow({from: first}));
    await leaf.close();
    expect((await following).length).toBeLessThan(3);
  });

  it('hands on live messages of their published shape, and drops others', async () => {
    const heard: unknown[] = [];
    leaf.onLive('agent', (beat) => heard.push(beat.sequence));
    const send = (value: object) =>
      reached.bus.publish('cim.press.live.agent.all', Buffer.from(JSON.stringify(value)));
    send({version: '9', sequence: 'many'});
    send({version: '9', limit: null, sequence: 4, more: true});
    await reached.bus.roundTrip();
    await new Promise(setImmediate);
    expect(heard).toEqual([4]);
  });

  it.each(['query', 'state'] as const)(
    'says when a %s is answered in another shape',
    async (what) => {
      const odd = createTypedLeaf(
        {
          ...reached.client,
          query: () => Promise.resolve({sequence: 1, time: null, rows: [{id: 1}]}),
          snapshot: () => Promise.resolve({sequence: 1, version: '0', content: {}}),
        },
        reached.close,
      );
      const asked = what === 'query' ? odd.query('port.list') : odd.state();
      await expect(asked).rejects.toSatisfy((error) => isCimError(error, 'nats-failed'));
    },
  );
});
