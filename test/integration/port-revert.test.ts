import {execFile} from 'node:child_process';
import {existsSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {promisify} from 'node:util';

import {afterAll, beforeAll, describe, expect, it} from 'vitest';

import {createStage, isRoot, type ServingAgent, type Stage} from '#test/support/stage.ts';
import {until} from '#test/support/until.ts';

const run = promisify(execFile);

const UPLINK = 'cimup0';
const GATEWAY = '10.79.0.2';
/** The shortest trial there is. */
const SECONDS = 5;

describe.skipIf(!isRoot)('the uplink of a network namespace (needs root)', () => {
  let stage: Stage;
  let agent: ServingAgent;

  const printed = async (...args: readonly string[]): Promise<string> =>
    (await run('ip', ['-n', stage.namespace, ...args])).stdout;
  const isUp = async (): Promise<boolean> =>
    /[<,]UP[,>]/.test(await printed('link', 'show', 'dev', UPLINK));
  const route = async (): Promise<string> => (await printed('route', 'show', 'default')).trim();
  const events = async (): Promise<readonly Record<string, unknown>[]> =>
    (await stage.json('event', 'list')).filter(({type}) => String(type).includes('.change-'));
  const types = async (): Promise<readonly string[]> =>
    (await events()).map(({type}) => String(type).split('.')[2] ?? '');
  const guards = (): readonly string[] => {
    const folder = join(stage.home, 'guards');
    return existsSync(folder) ? readdirSync(folder) : [];
  };
  const portRow = async () =>
    (await stage.json('port', 'list')).find(({name}) => name === UPLINK) ?? {};

  beforeAll(async () => {
    stage = await createStage();
    await stage.ip('link', 'add', UPLINK, 'type', 'bridge');
    await stage.ip('address', 'add', '10.79.0.1/24', 'dev', UPLINK);
    await stage.ip('link', 'set', UPLINK, 'up');
    await stage.ip('route', 'add', 'default', 'via', GATEWAY, 'dev', UPLINK, 'metric', '7');
    agent = await stage.serve();
  });
  afterAll(() => stage.stop());

  it('is not disabled for good, and not without its name', async () => {
    const {code, stderr} = await stage.cli('port', 'disable', UPLINK, '--yes');
    expect({code, stderr}).toMatchObject({code: 3, stderr: expect.stringContaining('last-uplink')});
    const tried = await stage.cli('port', 'disable', UPLINK, '--try', String(SECONDS), '--yes');
    expect(tried.code).toBe(2);
    expect(await isUp()).toBe(true);
    expect(await events()).toEqual([]);
  });

  it('comes back by itself with its route when the agent was killed, and that is told', async () => {
    const before = await route();
    const wish = ['port', 'disable', UPLINK, '--try', String(SECONDS), `--yes=${UPLINK}`];
    expect((await stage.cli(...wish)).code).toBe(0);
    expect(await isUp()).toBe(false);
    expect(await route()).toBe('');
    expect(await portRow()).toMatchObject({state: 'disabled', wanted: {enabled: false}});
    agent.child.kill('SIGKILL');
    await agent.ended;
    await until(isUp, (up) => up);
    await until(route, (text) => text !== '');
    expect(await route()).toBe(before);
    agent = await stage.serve({after: agent});
    await until(types, (all) => all.at(-1) === 'change-reverted');
    expect((await events()).at(-1)?.data).toMatchObject({by: 'guard', undone: true, detail: null});
    expect(await portRow()).toMatchObject({state: 'present', wanted: {}, change: null});
    expect(guards()).toEqual([]);
  });

  it('stays disabled once that is confirmed', async () => {
    const wish = ['port', 'disable', UPLINK, '--try', '60', `--yes=${UPLINK}`];
    expect((await stage.cli(...wish)).code).toBe(0);
    expect(guards()).toHaveLength(1);
    expect((await stage.cli('port', 'confirm', UPLINK)).code).toBe(0);
    await until(guards, (left) => left.length === 0);
    expect(await isUp()).toBe(false);
    expect(await portRow()).toMatchObject({state: 'disabled', change: null});
  });

  it('is disabled again by an agent that finds it otherwise, and enabled when asked', async () => {
    agent.child.kill('SIGTERM');
    await agent.ended;
    await stage.ip('link', 'set', UPLINK, 'up');
    agent = await stage.serve({after: agent});
    await until(isUp, (up) => !up);
    await until(types, (all) => all.at(-1) === 'change-applied');
    expect((await events()).at(-1)?.data).toMatchObject({requested: null, occasion: 'start'});
    expect((await stage.cli('port', 'enable', UPLINK, '--yes')).code).toBe(0);
    expect(await isUp()).toBe(true);
    expect(await portRow()).toMatchObject({state: 'present'});
  });

  it('is as it was when a part of a change cannot be made', async () => {
    const wish = ['port', 'set', UPLINK, '--mtu', '1400', '--speed', '100', '--yes'];
    const {code, stdout} = await stage.cli(...wish);
    expect({code, stdout}).toMatchObject({code: 1, stdout: expect.stringContaining('failed')});
    expect(await printed('link', 'show', 'dev', UPLINK)).toContain('mtu 1500');
    expect((await events()).at(-1)?.data).toMatchObject({undone: true});
    expect(await portRow()).toMatchObject({wanted: {enabled: true}, change: null});
  });

  it('takes a larger packet, and the old one when the wish is undone', async () => {
    expect((await stage.cli('port', 'set', UPLINK, '--mtu', '1400', '--yes')).code).toBe(0);
    expect(await printed('link', 'show', 'dev', UPLINK)).toContain('mtu 1400');
    const wanted = (await events()).findLast(({type}) => String(type).includes('requested'));
    expect((await stage.cli('event', 'undo', String(wanted?.sequence), '--yes')).code).toBe(0);
    await until(
      () => printed('link', 'show', 'dev', UPLINK),
      (text) => text.includes('mtu 1500'),
    );
  });

  it('is the last one, too, where the route goes through what stands on it', async () => {
    const upper = `${UPLINK}m`;
    await stage.ip('link', 'add', 'link', UPLINK, 'name', upper, 'type', 'macvlan');
    await stage.ip('address', 'add', '10.79.7.1/24', 'dev', upper);
    await stage.ip('link', 'set', upper, 'up');
    await stage.ip('route', 'flush', 'exact', 'default');
    await stage.ip('route', 'add', 'default', 'via', '10.79.7.2', 'dev', upper);
    await until(
      async () => JSON.stringify(await stage.json('port', 'list')),
      (text) => text.includes(upper),
    );
    const refused = await stage.cli('port', 'down', UPLINK, '--yes');
    expect(refused).toMatchObject({code: 3, stderr: expect.stringContaining('last-uplink')});
    expect(await isUp()).toBe(true);
  });
});
