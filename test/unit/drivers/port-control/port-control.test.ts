import {mkdir, mkdtemp, readFile, rm, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

import {afterEach, beforeEach, describe, expect, it} from 'vitest';

import type {ProcessRunner} from '#contracts/process-runner.ts';
import {isCimError} from '#domain/errors.ts';
import {routeSteps} from '#drivers/port-control/network.ts';
import {createPortControl} from '#drivers/port-control/port-control.ts';

const {signal} = new AbortController();
const USB = '/devices/pci0000:00/0000:00:14.0/usb1/1-3';
const CARD = '/devices/pci0000:00/0000:00:1c.0';

let sysRoot: string;
let ran: string[];
let answers: Readonly<Record<string, string>>;

/** Programs that say what the test has them say; what it has no answer for fails. */
const runner: ProcessRunner = {
  async run(file, args) {
    const line = [file, ...args].join(' ');
    ran.push(line);
    const stdout = answers[line];
    return stdout === undefined
      ? {exitCode: 2, stdout: '', stderr: 'RTNETLINK answers: Operation not permitted'}
      : {exitCode: 0, stdout, stderr: ''};
  },
  lines: () => Promise.reject(new TypeError('nothing is followed here')),
};

const port = (devpath: string, given: {interface?: string; line?: string} = {}) => ({
  portId: 'p',
  devpaths: [devpath],
  interface: given.interface ?? null,
  line: given.line ?? null,
});

beforeEach(async () => {
  sysRoot = await mkdtemp(join(tmpdir(), 'cim-sys-'));
  ran = [];
  answers = {};
  await mkdir(join(sysRoot, USB), {recursive: true});
  await writeFile(join(sysRoot, USB, 'authorized'), '1\n');
  await mkdir(join(sysRoot, CARD), {recursive: true});
  await mkdir(join(sysRoot, 'bus/pci/drivers/igb'), {recursive: true});
  await writeFile(join(sysRoot, 'bus/pci/drivers/igb/unbind'), '');
  await writeFile(join(sysRoot, 'bus/pci/drivers_probe'), '');
  await symlink(join(sysRoot, 'bus/pci'), join(sysRoot, CARD, 'subsystem'));
  await symlink(join(sysRoot, 'bus/pci/drivers/igb'), join(sysRoot, CARD, 'driver'));
});
afterEach(() => rm(sysRoot, {recursive: true}));

it('reads nothing of an interface that has gone with its unit', async () => {
  const gone: ProcessRunner = {
    ...runner,
    run: async () => ({exitCode: 1, stdout: '', stderr: 'Device "eth1" does not exist.'}),
  };
  const control = createPortControl({runner: gone, sysRoot});
  const unit = port(USB, {interface: 'eth1'});
  await control.apply(unit, {enabled: false}, signal);
  expect(await control.read(unit, signal)).toEqual({enabled: false});
});

it('tells of an interface that cannot be read', async () => {
  const control = createPortControl({runner, sysRoot});
  const read = control.read(port(USB, {interface: 'eth1'}), signal);
  await expect(read).rejects.toSatisfy((error) => isCimError(error, 'permission-denied'));
});

describe('what a port is enabled by', () => {
  it('is authorized for a unit of USB, written once', async () => {
    const control = createPortControl({runner, sysRoot});
    const back = await control.wayBack(port(USB), ['enabled'], signal);
    await control.apply(port(USB), {enabled: false}, signal);
    expect(await control.read(port(USB), signal)).toEqual({enabled: false});
    await control.carryOut(back, signal);
    expect(await readFile(join(sysRoot, USB, 'authorized'), 'utf8')).toMatch(/^1/);
  });

  it('is the driver for what has one', async () => {
    const control = createPortControl({runner, sysRoot});
    expect(await control.read(port(CARD), signal)).toEqual({enabled: true});
    expect(await control.wayBack(port(CARD), ['enabled'], signal)).toEqual([
      {kind: 'write', path: join(sysRoot, 'bus/pci/drivers_probe'), text: '0000:00:1c.0'},
    ]);
    await control.apply(port(CARD), {enabled: false}, signal);
    const unbound = join(sysRoot, 'bus/pci/drivers/igb/unbind');
    expect(await readFile(unbound, 'utf8')).toBe('0000:00:1c.0');
  });

  it('is nothing for what has neither, and no step of another kind', async () => {
    const control = createPortControl({runner, sysRoot});
    const wish = control.apply(port('/devices/virtual/net/br0'), {enabled: false}, signal);
    await expect(wish).rejects.toSatisfy((error) => isCimError(error, 'not-for-this-port'));
    const mtu = control.apply(port(USB), {mtu: 900}, signal);
    await expect(mtu).rejects.toSatisfy((error) => isCimError(error, 'not-for-this-port'));
  });
});

describe('an interface', () => {
  const lan = port(CARD, {interface: 'eth0'});
  const up = {
    'ip -j link show dev eth0': '[{"flags":["BROADCAST","UP"],"mtu":1500}]',
    'ethtool eth0': 'Settings for eth0:\n\tSpeed: 1000Mb/s\n\tAuto-negotiation: on\n',
  };

  it('reads as it is set, and not as it was agreed', async () => {
    answers = up;
    const control = createPortControl({runner, sysRoot});
    expect(await control.read(lan, signal)).toEqual({
      enabled: true,
      link: 'up',
      mtu: 1500,
      speedMbps: 'auto',
    });
  });

  it('comes back with its addresses and routes, those to a gateway last', async () => {
    answers = {
      ...up,
      'ip -j addr show dev eth0':
        '[{"addr_info":[{"local":"fe80::1","prefixlen":64,"scope":"link"},' +
        '{"local":"2001:db8::5","prefixlen":64,"scope":"global",' +
        '"valid_life_time":3600,"preferred_life_time":1800}]}]',
      'ip -4 route show table all dev eth0':
        'default via 10.0.0.1 proto dhcp metric 100 linkdown\n' +
        '10.0.0.0/24 proto kernel scope link src 10.0.0.5\n' +
        '10.9.0.0/16 scope link table 7\n' +
        'local 10.0.0.5 table local proto kernel scope host src 10.0.0.5\n',
      'ip -6 route show table all dev eth0': '',
    };
    const control = createPortControl({runner, sysRoot});
    const steps = await control.wayBack(lan, ['link'], signal);
    expect(steps.map((step) => (step.kind === 'run' ? step.argv.join(' ') : ''))).toEqual([
      'ip link set dev eth0 up',
      'ip addr replace 2001:db8::5/64 dev eth0 valid_lft 3600 preferred_lft 1800',
      'ip -4 route replace 10.9.0.0/16 scope link table 7 dev eth0',
      'ip -4 route replace default via 10.0.0.1 proto dhcp metric 100 dev eth0',
    ]);
  });

  it('that may not be set says so', async () => {
    answers = up;
    const control = createPortControl({runner, sysRoot});
    const wish = control.apply(lan, {link: 'down'}, signal);
    await expect(wish).rejects.toSatisfy((error) => isCimError(error, 'permission-denied'));
  });
});

it('a route is given as it was printed, without how it stands', () => {
  const lines = ['fd00::/8 via fe80::1 proto ra expires 1792sec pref medium dead', '', '  '];
  expect(routeSteps('eth0', '-6', lines)).toEqual([
    {
      kind: 'run',
      argv: [
        ...['ip', '-6', 'route', 'replace', 'fd00::/8', 'via', 'fe80::1'],
        ...['proto', 'ra', 'dev', 'eth0'],
      ],
    },
  ]);
});
