import {expect, test} from 'vitest';

import {until} from '#test/support/until.ts';
import {vmsForFile} from '#test/support/vm/file-vm.ts';
import {CHEAP_SCANNER, printPlugGadget, SCANNER} from '#test/support/vm/gadgets.ts';
import {parsePort} from '#test/support/vm/port-line.ts';
import type {Vm} from '#test/support/vm/vm.ts';

const openVm = vmsForFile();

/** Binds and unbinds; refused is an error. */
async function role(vm: Vm, ...args: readonly string[]): Promise<void> {
  const [answer] = await vm.json('role', ...args);
  expect(answer).toMatchObject({ok: true});
}

/** Serial of what a link leads to, by udev's own word; '' where there is none. */
const serialAt = async (vm: Vm, link: string): Promise<string> =>
  (
    await vm.ask(
      `[ -e ${link} ] && udevadm info -q property -n ${link} | sed -n s/^ID_USB_SERIAL_SHORT=//p || true`,
    )
  ).trim();

const becomes = async (vm: Vm, link: string, serial: string): Promise<void> => {
  await until(
    () => serialAt(vm, link),
    (seen) => seen === serial,
    20_000,
  );
};

const plugged = async (vm: Vm, port: string, serial: string) => {
  const unit = await vm.plug({driver: 'usb-serial', port, serial});
  const {text} = await vm.ports.find(
    (line) => line.includes(`"serial":"${serial}"`) && line.includes('ttyUSB'),
  );
  return {unit, row: parsePort(text)};
};

test('a role by its unit goes with it, and a clone never takes it over', async () => {
  const vm = await openVm();
  const scale = await plugged(vm, '1', 'SCALE0001');
  await role(vm, 'bind', 'scale', '--device', scale.row.device?.id ?? '');
  await becomes(vm, '/dev/cim/scale', 'SCALE0001');
  await scale.unit.unplug();
  await becomes(vm, '/dev/cim/scale', '');
  const again = await plugged(vm, '4', 'SCALE0001');
  expect(again.row.device?.id).toBe(scale.row.device?.id);
  await becomes(vm, '/dev/cim/scale', 'SCALE0001');

  const node = await vm.ask('readlink -f /dev/cim/scale');
  await vm.plug({driver: 'usb-serial', port: '2', serial: 'SCALE0001'});
  await vm.ports.find((line) => line.includes('"ambiguous":true'));
  expect(await vm.ask('readlink -f /dev/cim/scale')).toBe(node);
  await again.unit.unplug();
  await becomes(vm, '/dev/cim/scale', '');
  const row = await until(
    async () => (await vm.json('role', 'show', 'scale'))[0],
    (told) => told?.holder === 'absent' && JSON.stringify(told.links) === '[]',
  );
  expect(row?.port).toBe(null);
});

test('a role by its socket takes what fits there, and several nodes have a path each', async () => {
  const vm = await openVm();
  await role(vm, 'bind', 'gate', '--port', '1-3', '--class', 'serial');
  const first = await plugged(vm, '3', 'GATE0001');
  await becomes(vm, '/dev/cim/gate', 'GATE0001');
  await first.unit.unplug();
  await becomes(vm, '/dev/cim/gate', '');
  await plugged(vm, '3', 'GATE0002');
  await becomes(vm, '/dev/cim/gate', 'GATE0002');

  await vm.plug({driver: 'usb-audio', port: '5', serial: 'AUDIO0001'});
  await vm.ports.find((line) => line.includes('AUDIO0001') && line.includes('controlC'));
  await role(vm, 'bind', 'gong', '--port', '1-5', '--class', 'audio');
  const listed = await until(
    () => vm.ask('ls /dev/cim/gong 2>/dev/null || true'),
    (text) => text.includes('playback') && text.includes('control'),
    20_000,
  );
  expect(listed.trim().split('\n').length).toBeGreaterThan(1);
  await until(
    async () => JSON.stringify((await vm.json('role', 'show', 'gong'))[0]?.links),
    (links) => links.includes('right') && !/missing|wrong/.test(links),
    20_000,
  );
});

test('a network adapter gets the name of its role beside its own', async () => {
  const vm = await openVm();
  await role(vm, 'bind', 'uplink', '--port', '1-6', '--class', 'network');
  await vm.plug({driver: 'usb-net', port: '6', serial: 'NET0001'});
  const told = await until(
    () => vm.ask('ip -o link show uplink 2>/dev/null || true'),
    (text) => text.includes('altname uplink'),
    20_000,
  );
  expect(told).toMatch(/^\d+: (?!uplink)\S+:/);
});

/** A slow guest repeats keys that are held down for long. */
const SCANNED = /^a+b+c+$/;

/** Scans "abc", while the console and the raw reports are read; prints what the console got. */
const TYPE_AND_READ = `
  exec 3</dev/tty1
  stty -icanon -echo <&3
  (timeout 6 cat <&3 >/run/typed) &
  (timeout 6 cat /dev/hidraw0 >/run/raw) &
  sleep 2
  for key in 4 5 6; do
    printf "\\0\\0\\\\$key\\0\\0\\0\\0\\0" >/dev/hidg0; sleep 0.1
    printf "\\0\\0\\0\\0\\0\\0\\0\\0" >/dev/hidg0; sleep 0.1
  done
  wait
  cat /run/typed
`;

test.each([
  {gadget: SCANNER, class: 'scanner', flags: []},
  {gadget: CHEAP_SCANNER, class: 'input', flags: ['--class', 'scanner']},
])(
  'keys of a $class that serves as a scanner reach no console, and are there as raw reports',
  async ({gadget, class: name, flags}) => {
    const vm = await openVm();
    await vm.ask(printPlugGadget(gadget));
    const {text} = await vm.ports.find(
      (line) => line.includes(gadget.product) && line.includes(`"${name}"`),
    );
    const {id} = parsePort(text);
    // What is typed is what a reader of the foreground console gets.
    await vm.ask('systemctl stop getty@tty1');
    const typed = async (): Promise<string> => await vm.ask(TYPE_AND_READ);
    expect(await typed()).toMatch(SCANNED);
    await role(vm, 'bind', 'scanner-gate1', '--port', id, ...flags);
    await until(
      () => vm.ask('ls /dev/cim/scanner-gate1 2>/dev/null || true'),
      (listed) => listed.includes('hidraw'),
      20_000,
    );
    expect(await typed()).toBe('');
    expect((await vm.ask('od -An -tx1 /run/raw')).replace(/\s+/g, ' ')).toContain('00 00 04 00');
    await role(vm, 'unbind', 'scanner-gate1', '--yes');
    await until(
      () => vm.ask('cat /sys/class/input/event*/device/inhibited'),
      (seen) => !seen.includes('1'),
      20_000,
    );
    expect(await typed()).toMatch(SCANNED);
  },
);
