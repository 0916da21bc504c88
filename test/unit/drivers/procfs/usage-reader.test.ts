import {mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';

import type {UsageQuestion} from '#contracts/usage-reader.ts';
import {belongingOf} from '#drivers/procfs/cgroup.ts';
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
  const reader = createUsageReader({
    procRoot: join(root, 'proc'),
    sysRoot: join(root, 'sys'),
    runRoot: join(root, 'run'),
  });
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

/** A process in namespaces of its own. */
const process = (pid: number, namespace: string, cgroup: string): void => {
  write(`proc/${pid}/comm`, 'x\n');
  write(`proc/${pid}/cgroup`, `0::${cgroup}\n`);
  mkdirSync(join(root, `proc/${pid}/ns`), {recursive: true});
  for (const kind of ['mnt', 'net']) {
    symlinkSync(`${kind}:[${namespace}]`, join(root, `proc/${pid}/ns/${kind}`));
  }
};

describe('behind layers', () => {
  test('a disk under LUKS and LVM that holds / is the boot disk', async () => {
    write('sys/class/block/sdc/dev', '8:32\n');
    write('sys/class/block/sdc/sdc2/dev', '8:34\n');
    write('sys/class/block/sdc2/dev', '8:34\n');
    write('sys/class/block/sdc2/holders/dm-1/dev', '254:1\n');
    write('sys/class/block/dm-1/dev', '254:1\n');
    write('sys/class/block/dm-1/holders/dm-2/dev', '254:2\n');
    write('sys/class/block/dm-2/dev', '254:2\n');
    write('proc/self/mountinfo', '22 1 254:2 / / rw - ext4 /dev/mapper/vg-root rw\n');
    expect(await userOf({nodes: ['/dev/sdc']})).toMatchObject({
      kind: 'host',
      name: '/',
      marks: ['boot', 'mount'],
    });
  });

  test('swap on a logical volume is a use of its disk', async () => {
    write('proc/swaps', 'Filename Type Size\n/dev/dm-0 partition 1024\n');
    write('proc/self/mountinfo', '');
    expect(await userOf({nodes: ['/dev/sda']})).toMatchObject({name: 'swap', marks: ['mount']});
  });

  test('each disk of a btrfs is used, though it is mounted by the name of one', async () => {
    write('sys/class/block/sdd/dev', '8:48\n');
    write('sys/class/block/sde/dev', '8:64\n');
    write('sys/fs/btrfs/5d1f/devices/sdd/dev', '8:48\n');
    write('sys/fs/btrfs/5d1f/devices/sde/dev', '8:64\n');
    write('proc/self/mountinfo', '22 1 0:30 / /data rw - btrfs /dev/sdd rw\n');
    expect(await userOf({nodes: ['/dev/sde']})).toMatchObject({name: '/data', marks: ['mount']});
  });
});

test.each([
  ['zfs_member', '45 1 0:45 / / rw - zfs tank/root rw\n', ['boot', 'mount']],
  ['bcachefs', '45 1 0:45 / /srv rw - bcachefs /dev/sdg:/dev/sdh rw\n', ['mount']],
  ['zfs_member', '', []],
  ['ext4', '45 1 0:45 / /srv rw - zfs tank/srv rw\n', []],
])('a disk with %s on it is used where %j', async (type, mounts, marks) => {
  write('sys/class/block/sdg/dev', '8:96\n');
  write('sys/class/block/sdg/sdg1/dev', '8:97\n');
  write('sys/class/block/sdg1/dev', '8:97\n');
  write('run/udev/data/b8:97', `S:disk/by-id/x\nE:ID_FS_TYPE=${type}\n`);
  write('proc/self/mountinfo', mounts);
  expect((await userOf({nodes: ['/dev/sdg']}))?.marks).toEqual(marks);
});

test('an interface is used by what stands on it, and not by its bridge', async () => {
  write('proc/net/route', '');
  for (const name of ['eth5/upper_eth5.10', 'eth5/upper_br0', 'eth5.10/upper_eth5.10.7']) {
    write(`sys/class/net/${name}/ifindex`, '1');
  }
  symlinkSync('../br0', join(root, 'sys/class/net/eth5/master'));
  expect(await userOf({interfaces: ['eth5']})).toMatchObject({
    kind: 'host',
    name: 'eth5.10',
    carries: ['eth5.10', 'eth5.10.7'],
  });
  expect((await userOf({interfaces: ['eth6']}))?.carries).toBeUndefined();
  const row = 'eth5.10\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\n';
  write('proc/net/route', `Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\n${row}`);
  expect((await userOf({interfaces: ['eth5']}))?.marks).toEqual(['route']);
});

describe('in other namespaces', () => {
  beforeEach(() => {
    process(78, '2', '/machine.slice/machine-web\\x2d1.scope/payload/system.slice/nginx.service');
    process(79, '3', '/system.slice/private.service');
  });

  test('a node that a service of a container has open is used by the container', async () => {
    expect(await userOf({nodes: ['/dev/ttyUSB1']})).toMatchObject({
      kind: 'container',
      name: 'web-1',
      unit: 'nginx.service',
    });
  });

  test('a disk that only a container has mounted is not free', async () => {
    write('sys/class/block/sdf/dev', '8:80\n');
    write('proc/78/mountinfo', '90 1 8:80 / /srv rw - ext4 /dev/sdf rw\n');
    expect(await userOf({nodes: ['/dev/sdf']})).toMatchObject({
      kind: 'container',
      name: 'web-1',
      marks: ['mount'],
    });
  });

  const interfaceAt = (sysRoot: string, name: string, devpath: string): void => {
    mkdirSync(join(root, sysRoot, 'class/net'), {recursive: true});
    symlinkSync(`../..${devpath}/net/${name}`, join(root, sysRoot, 'class/net', name));
  };

  test('an interface that was moved there is told by the place of its unit', async () => {
    interfaceAt('proc/78/root/sys', 'eth1', '/devices/pci0/0000:02:00.0');
    interfaceAt('proc/79/root/sys', 'eth2', '/devices/pci0/usb1/1-4/1-4.2/1-4.2:1.0');
    const moved = (devpath: string) => userOf({devpaths: [devpath], isAway: true});
    expect(await moved('/devices/pci0/0000:02:00.0')).toMatchObject({
      kind: 'container',
      name: 'web-1',
    });
    expect(await moved('/devices/pci0/usb1/1-4/1-4.2')).toMatchObject({
      kind: 'host',
      name: 'private.service',
    });
    expect(await moved('/devices/pci0/0000:02:00.1')).toMatchObject({kind: 'free'});
  });

  test('an interface behind a hub is no use of the hub', async () => {
    interfaceAt('proc/79/root/sys', 'eth2', '/devices/pci0/usb1/1-4/1-4.2/1-4.2:1.0');
    const reader = createUsageReader({procRoot: join(root, 'proc'), sysRoot: join(root, 'sys')});
    const hub = {portId: 'hub', nodes: [], interfaces: []};
    const users = await reader.read(
      [
        {...hub, devpaths: ['/devices/pci0/usb1/1-4']},
        {...hub, portId: 'card', devpaths: ['/devices/pci0/usb1/1-4/1-4.2']},
      ],
      new AbortController().signal,
    );
    expect([users.hub?.kind, users.card?.name]).toEqual(['free', 'private.service']);
  });

  test('a service that sees our sysfs has not taken what it sees there', async () => {
    interfaceAt('proc/79/root/sys', 'eth0', '/devices/pci0/0000:02:00.0');
    interfaceAt('sys', 'eth0', '/devices/pci0/0000:02:00.0');
    const user = await userOf({interfaces: ['eth9'], devpaths: ['/devices/pci0/0000:02:00.0']});
    expect(user).toMatchObject({kind: 'free'});
  });
});

describe('who is behind a process', () => {
  const personOf = async () => (await userOf({nodes: ['/dev/ttyUSB0']}))?.processes[0]?.person;

  test('is who logged in, also through sudo', async () => {
    write('proc/77/loginuid', '0\n');
    expect(await personOf()).toBe('root');
  });

  test('is whose session it is where the kernel does not say', async () => {
    write('proc/77/loginuid', '4294967295\n');
    write('run/systemd/sessions/7', '# private\nUID=1000\nUSER=anna\n');
    expect(await personOf()).toBe('anna');
  });

  test('is nobody for a service', async () => {
    write('proc/77/cgroup', '0::/system.slice/scaled.service\n');
    expect(await personOf()).toBeNull();
  });
});

test.each([
  ['0::/system.slice/sshd.service\n', 'sshd.service', null],
  [
    '12:pids:/x.service\n1:name=systemd:/system.slice/getty@tty1.service\n0::/\n',
    'getty@tty1.service',
    null,
  ],
  ['0::/machine.slice/container@web.service/payload/init.scope\n', 'init.scope', 'web'],
  ['0::/machine.slice/machine-a\\x2db.scope\n', 'machine-a\\x2db.scope', 'a-b'],
  ['0::/\n', null, null],
  ['', null, null],
])('cgroup %j is unit %s of container %s', (cgroup, unit, container) => {
  expect(belongingOf(cgroup)).toEqual({unit, container});
});
