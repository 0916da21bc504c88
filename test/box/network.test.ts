import {afterAll, expect, test} from 'vitest';

import {type BoxNetwork, type NetworkedBox, openNetwork} from '#test/support/box/network.ts';
import {provideBoxRoot} from '#test/support/box/provide.ts';
import {endOf} from '#test/support/tiers/children.ts';
import {provideForFile} from '#test/support/tiers/tier-file.ts';

let network: BoxNetwork | undefined;

const lan = provideForFile('box', async () => {
  const provided = await provideBoxRoot();
  if ('lack' in provided) return provided;
  network = await openNetwork(provided.root);
  const boxes = [await network.join('leaf-a'), await network.join('leaf-b')] as const;
  return {network, boxes};
});

afterAll(() => network?.stop());

/** How many of these pings are answered. */
async function answered(from: NetworkedBox, to: string, count: number): Promise<number> {
  const words = ['ping', '-q', '-A', '-W', '1', '-c', String(count), to];
  const {stdout} = await from.run('busybox', ...words);
  return Number(/(\d+) packets received/.exec(stdout)?.[1]);
}

test('two boxes reach each other, until a cable is out', async () => {
  const {network: net, boxes} = lan();
  const [one, other] = boxes;
  expect(await answered(one, other.address, 3)).toBe(3);
  await net.plug('leaf-b', false);
  expect(await one.ask('ip', '-o', 'link', 'show', 'host0')).not.toContain('NO-CARRIER');
  expect(await other.ask('ip', '-o', 'link', 'show', 'host0')).toContain('NO-CARRIER');
  expect(await answered(one, other.address, 1)).toBe(0);
  await net.plug('leaf-b', true);
  expect(await answered(one, other.address, 3)).toBeGreaterThan(0);
});

test('a lossy cable loses about its part', async () => {
  const {network: net, boxes} = lan();
  const [one, other] = boxes;
  await net.lose('leaf-b', 0.5);
  const count = await answered(one, other.address, 20);
  expect(count).toBeGreaterThan(2);
  expect(count).toBeLessThan(18);
  await net.lose('leaf-b', 0);
  expect(await answered(one, other.address, 20)).toBe(20);
});

/** Milliseconds until bytes that a box sends have all arrived in another. */
async function sendBytes(from: NetworkedBox, to: NetworkedBox, bytes: number): Promise<number> {
  const receive = 'socat -u TCP-LISTEN:7000 - | wc -c';
  const received = endOf(to.start('sh', '-c', receive));
  await to.ask('sh', '-c', 'until ss -tln | grep -q :7000; do sleep 0.05; done');
  const begun = performance.now();
  await from.ask('sh', '-c', `head -c ${bytes} /dev/zero | socat -u - TCP:${to.address}:7000`);
  expect((await received).stdout.trim()).toBe(String(bytes));
  return performance.now() - begun;
}

test('a throttled cable takes its time', async () => {
  const {network: net, boxes} = lan();
  const [one, other] = boxes;
  const fast = await sendBytes(one, other, 300_000);
  await net.throttle('leaf-b', 800);
  const slow = await sendBytes(one, other, 300_000);
  await net.throttle('leaf-b', null);
  expect(slow).toBeGreaterThan(2000);
  expect(slow - fast).toBeGreaterThan(1000);
});

test('a late line brings every byte, late', async () => {
  const {network: net, boxes} = lan();
  const [one, other] = boxes;
  await net.delay(7001, {address: other.address, tcpPort: 7002, delayMs: 400});
  const server = other.start('socat', 'TCP-LISTEN:7002', 'EXEC:cat');
  await other.ask('sh', '-c', 'until ss -tln | grep -q :7002; do sleep 0.05; done');
  const begun = performance.now();
  const echo = `echo hello | socat -t 5 - TCP:${net.address}:7001`;
  expect(await one.ask('sh', '-c', echo)).toBe('hello\n');
  expect(performance.now() - begun).toBeGreaterThan(800);
  server.kill();
});
