import {mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

import {afterEach, beforeEach, expect, it} from 'vitest';

import type {LinkFact} from '#domain/kernel-device.ts';
import {createLinkMonitor} from '#drivers/rtnetlink/link-monitor.ts';
import {silentLog} from '#test/support/silent-log.ts';

const PID = 4711;
let root: string;
let onGone: (ifindex: number) => void;

beforeEach(() => {
  onGone = () => undefined;
  root = mkdtempSync(join(tmpdir(), 'cim-links-'));
  mkdirSync(join(root, 'net'), {recursive: true});
  writeFileSync(
    join(root, 'net/netlink'),
    `sk Eth Pid Groups\nffff 0 ${PID} 00000001 0 0 0 2 0 1\n`,
  );
});

afterEach(() => rmSync(root, {recursive: true, force: true}));

function setLink(name: string, ifindex: number, carrier: '0' | '1', master?: string): void {
  const folder = join(root, 'class/net', name);
  mkdirSync(folder, {recursive: true});
  for (const [file, text] of Object.entries({ifindex, carrier, flags: '0x1003'})) {
    writeFileSync(join(folder, file), `${text}\n`);
  }
  if (master !== undefined) {
    rmSync(join(folder, 'master'), {force: true});
    symlinkSync(`../${master}`, join(folder, 'master'));
  }
}

/** A monitor that hears what the test says. */
async function setUp() {
  let say = (_line: string): void => undefined;
  const ended = Promise.withResolvers<string>();
  const monitor = createLinkMonitor({
    runner: {
      run: () => Promise.reject(new TypeError('not asked for')),
      lines(_file, _args, {onLine}) {
        say = onLine;
        const kill = () => ended.resolve('killed');
        return Promise.resolve({pid: PID, ended: ended.promise, kill});
      },
    },
    log: silentLog,
    sysRoot: root,
    procRoot: root,
  });
  const told: LinkFact[] = [];
  await monitor.start(
    (change) => (change.kind === 'link' ? told.push(change.link) : onGone(change.ifindex)),
    new AbortController().signal,
  );
  told.length = 0;
  return {monitor, told, say: (line: string) => say(line)};
}

it('tells of a bridge with the record of its member, not with its own that comes later', async () => {
  setLink('br0', 2, '1');
  setLink('veth0', 3, '1', 'br0');
  const {monitor, told, say} = await setUp();
  setLink('br0', 2, '0');
  setLink('veth0', 3, '0', 'br0');
  const flags = '<NO-CARRIER,BROADCAST,UP> mtu 1500';
  say(`3: veth0@if4: ${flags} master br0 state LOWERLAYERDOWN`);
  expect(told.map(({name, hasCarrier}) => [name, hasCarrier])).toEqual([
    ['veth0', false],
    ['br0', false],
  ]);
  say(`2: br0: ${flags} state DOWN`);
  expect(told).toHaveLength(2);
  await monitor.stop();
});

it('tells of what went with its own record, one look at sysfs for each', async () => {
  const {monitor, told, say} = await setUp();
  const flags = '<BROADCAST> mtu 1500 state DOWN';
  const gone: number[] = [];
  onGone = (ifindex) => gone.push(ifindex);
  setLink('veth0', 3, '1');
  say(`3: veth0: ${flags}`);
  expect(told.map(({name}) => name)).toEqual(['veth0']);
  rmSync(join(root, 'class/net/veth0'), {recursive: true});
  say(`3: veth0: ${flags}`);
  expect(gone).toEqual([]);
  say(`Deleted 3: veth0: ${flags}`);
  say(`Deleted 4: veth1: ${flags}`);
  expect(gone).toEqual([3]);
  await monitor.stop();
});

it('a member that leaves its bridge is there all the same', async () => {
  setLink('br0', 2, '1');
  setLink('veth0', 3, '1');
  const {monitor, told, say} = await setUp();
  const gone: number[] = [];
  onGone = (ifindex) => gone.push(ifindex);
  say('Deleted 3: veth0: <BROADCAST,UP> mtu 1500 master br0 state UNKNOWN');
  expect([gone, told]).toEqual([[], []]);
  await monitor.stop();
});
