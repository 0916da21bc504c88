import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {describe, expect, it} from 'vitest';

import type {LeafClient} from '#client/leaf-client.ts';
import type {LeafAddress} from '#contracts/leaf-locator.ts';
import {CimError} from '#domain/errors.ts';
import {createMemoryClock} from '#drivers/memory/clock.ts';
import {silentLog} from '#test/support/silent-log.ts';
import {isOwnAgent, startHello} from '../../../src/wiring/console-session.ts';

const ADDRESS: LeafAddress = {
  leafId: 'l',
  url: 'nats://127.0.0.1:4222',
  credsPath: null,
  actor: 'anna',
  version: null,
  pid: process.pid,
};

const clientOf = (consoles: number): Pick<LeafClient, 'query'> => ({
  query: async () => ({sequence: 0, time: null, rows: [{consoles}]}),
});

async function openHello(findOwn: (() => Promise<LeafAddress>) | undefined, consoles = 1) {
  const told: unknown[] = [];
  const clock = createMemoryClock();
  const hello = startHello({
    client: clientOf(consoles),
    clock,
    log: silentLog,
    readStore: {set: (state) => void told.push(state)},
    remembered: {visits: {}, keepRecording: null},
    findOwn,
    signal: new AbortController().signal,
  });
  await clock.turn(0);
  return {hello, told};
}

describe('the last console of a leaf', () => {
  it('ends the agent that runs now, when it shall not go on', async () => {
    const agent = spawn('sleep', ['60']);
    const {hello, told} = await openHello(async () => ({...ADDRESS, pid: agent.pid ?? null}));
    expect(told.at(-1)).toEqual({asksOnQuit: true});
    await hello.leave(null);
    expect(agent.kill(0)).toBe(true);
    await hello.leave(false);
    expect(await once(agent, 'exit')).toEqual([null, 'SIGTERM']);
  });

  it('is left in order where the agent is gone already, or not ours', async () => {
    const gone = await openHello(() => Promise.reject(new CimError('no-agent', 'none runs')));
    await gone.hello.leave(false);
    const other = await openHello(undefined);
    expect(other.told.at(-1)).toEqual({asksOnQuit: false});
    await other.hello.leave(false);
  });
});

it('asks also before the leaf has said how many consoles there are', async () => {
  const {told} = await openHello(async () => ADDRESS, 2);
  expect(told).toEqual([{asksOnQuit: true}, {asksOnQuit: false}]);
});

describe('an agent', () => {
  it('is our own where its process is', () => {
    expect(isOwnAgent(ADDRESS)).toBe(true);
    expect(isOwnAgent({...ADDRESS, pid: null})).toBe(false);
    expect(isOwnAgent({...ADDRESS, pid: 2 ** 22 + 1})).toBe(false);
  });
});
