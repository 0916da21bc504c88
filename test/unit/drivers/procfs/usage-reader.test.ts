import {mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';

import type {UsageQuestion} from '#contracts/usage-reader.ts';
import {unitOf} from '#drivers/procfs/open-nodes.ts';
import {createUsageReader} from '#drivers/procfs/usage-reader.ts';

let root: string;

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), {recursive: true});
  writeFileSync(join(root, path), text);
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'cim-usage-'));
  write('sys/class/block/sda/dev', '8:0\n');
  write('sys/class/block/sda/sda1/dev', '8:1\n');
  write('sys/class/block/sda1/dev', '8:1\n');
  write('sys/class/block/sda1/holders/dm-0/dev', '254:0\n');
  write('sys/class/block/dm-0/dev', '254:0\n');
  write('sys/class/block/sdb/dev', '8:16\n');
  write('proc/swaps', 'Filename Type Size\n/dev/sdb partition 1024\n');
  write(
    'proc/self/mountinfo',
    '22 1 254:0 / / rw - ext4 /dev/mapper/root rw\n23 1 254:0 /d /mnt/a\\040b rw - ext4 /dev/mapper/root rw\n',
  );
  write(
    'proc/net/route',
    'Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\neth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\neth1\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\n',
  );
  write('proc/77/comm', 'picocom\n');
  write('proc/77/cgroup', '0::/user.slice/user-1000.slice/session-7.scope\n');
  mkdirSync(join(root, 'proc/77/fd'));
  symlinkSync('/dev/ttyUSB0', join(root, 'proc/77/fd/3'));
  write('proc/78/comm', 'node\n');
  write('proc/78/cgroup', '0::/machine.slice/container@web.service/payload\n');
  mkdirSync(join(root, 'proc/78/fd'));
  symlinkSync('/dev/ttyUSB1', join(root, 'proc/78/fd/4'));
});
afterEach(() => rmSync(root, {recursive: true}));

const userOf = async (question: Partial<UsageQuestion>) => {
  const reader = createUsageReader({procRoot: join(root, 'proc'), sysRoot: join(root, 'sys')});
  const asked = {portId: 'p', nodes: [], interfaces: [], ...question};
  return (await reader.read([asked], new AbortController().signal)).p;
};

describe('who uses a port', () => {
  test('the machine itself, by what is mounted through partitions and mappings', async () => {
    expect(await userOf({nodes: ['/dev/sda']})).toMatchObject({
      kind: 'host',
      name: '/',
      marks: ['boot', 'mount'],
    });
    expect(await userOf({nodes: ['/dev/sdb']})).toMatchObject({name: 'swap', marks: ['mount']});
  });

  test('the machine itself, by its routes', async () => {
    expect(await userOf({interfaces: ['eth0']})).toMatchObject({name: 'route', marks: ['route']});
    expect(await userOf({interfaces: ['eth1']})).toMatchObject({name: 'route', marks: []});
    expect(await userOf({interfaces: ['eth2']})).toMatchObject({kind: 'free', name: null});
  });

  test('a process with its unit', async () => {
    expect(await userOf({nodes: ['/dev/ttyUSB0']})).toMatchObject({
      kind: 'host',
      name: 'picocom',
      unit: 'session-7.scope',
      processes: [{pid: 77, name: 'picocom', unit: 'session-7.scope'}],
    });
  });

  test('a container, by the unit it runs in', async () => {
    expect(await userOf({nodes: ['/dev/ttyUSB1']})).toMatchObject({
      kind: 'container',
      name: 'web',
      unit: 'container@web.service',
    });
  });

  test('nobody', async () => {
    expect(await userOf({nodes: ['/dev/ttyUSB2']})).toMatchObject({kind: 'free', processes: []});
  });
});

test.each([
  ['0::/system.slice/sshd.service\n', 'sshd.service'],
  [
    '12:pids:/x.service\n1:name=systemd:/system.slice/getty@tty1.service\n0::/\n',
    'getty@tty1.service',
  ],
  ['0::/\n', null],
  ['', null],
])('the unit of cgroup %j is %s', (cgroup, unit) => {
  expect(unitOf(cgroup)).toBe(unit);
});
