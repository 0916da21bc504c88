import {expect, test} from 'vitest';

import {startBoxAgent} from '#test/support/box/agent.ts';
import {boxForFile} from '#test/support/box/file-box.ts';
import {until} from '#test/support/until.ts';

const box = boxForFile();

test('the agent is a unit of systemd, answers from outside, and follows udevd there', async () => {
  const agent = await startBoxAgent(box());
  const [status] = await agent.jsonFromOutside('status');
  expect(status).toMatchObject({limit: null, unreadable: 0});
  expect(Number(status?.events)).toBeGreaterThan(1);

  await box().ask('ip', 'link', 'add', 'cimbox1', 'type', 'bridge');
  const [port] = await until(
    async () =>
      (await agent.jsonFromOutside('port', 'list')).filter(({name}) => name === 'cimbox1'),
    (rows) => rows.length === 1,
  );
  expect(port).toMatchObject({kind: 'virtual', class: 'network', state: 'present'});
  await box().ask('ip', 'link', 'delete', 'cimbox1');
});

test('systemd starts an agent that was killed, which says how the one before ended', async () => {
  const agent = await startBoxAgent(box());
  const before = await agent.json('event', 'list');
  await box().ask('systemctl', 'kill', '--signal=KILL', agent.unit);
  const events = await until(
    () => agent.json('event', 'list', '--limit', '1000').catch(() => []),
    (list) => list.filter(({type}) => type === 'cim.leaf.started.v1').length === 2,
    30_000,
  );
  expect(events.slice(0, before.length)).toEqual(before);
});

test('a stop by systemd is an orderly one', async () => {
  const agent = await startBoxAgent(box());
  await box().ask('systemctl', 'stop', agent.unit);
  expect(await box().ask('systemctl', 'show', '-P', 'Result', agent.unit)).toBe('success\n');
  await box().ask('systemctl', 'start', agent.unit);
  const events = await until(
    () => agent.json('event', 'list', '--limit', '1000').catch(() => []),
    (list) => list.at(-1)?.type === 'cim.leaf.started.v1',
    30_000,
  );
  expect(events.at(-2)).toMatchObject({
    type: 'cim.leaf.stopped.v1',
    data: {reason: 'signal'},
  });
});
