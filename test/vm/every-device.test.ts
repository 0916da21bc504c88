import {describe, expect, test} from 'vitest';
import {z} from 'zod';

import {until} from '#test/support/until.ts';
import {vmsForFile} from '#test/support/vm/file-vm.ts';
import {classesOf, PortLine} from '#test/support/vm/port-line.ts';
import type {UsbDriver} from '#test/support/vm/usb.ts';
import type {Vm} from '#test/support/vm/vm.ts';

const openVm = vmsForFile();

/** What QEMU has to plug in, and the class that its function has. */
const UNITS: readonly (readonly [driver: UsbDriver, name: string])[] = [
  ['usb-serial', 'serial'],
  ['usb-storage', 'storage'],
  ['usb-net', 'network'],
  ['usb-audio', 'audio'],
  ['usb-kbd', 'input'],
  ['usb-mouse', 'input'],
];

const Role = z.object({
  holder: z.string(),
  links: z.array(z.object({path: z.string(), node: z.string().nullable(), state: z.string()})),
});
type Role = z.infer<typeof Role>;

const sequenceNow = async (vm: Vm): Promise<number> =>
  Number((await vm.json('status'))[0]?.sequence);

/** Types of the events since a sequence. */
async function typesSince(vm: Vm, sequence: number): Promise<readonly string[]> {
  const events = await vm.json('event', 'list', '--from', String(sequence + 1));
  return events.map(({type}) => String(type));
}

const roleOf = async (vm: Vm): Promise<Role> =>
  Role.parse((await vm.json('role', 'show', 'thing'))[0]);

/** The socket of that number, whatever the speed of what is in it makes it called. */
const socketAt = async (vm: Vm, number: number): Promise<PortLine> =>
  PortLine.parse(
    (await vm.json('port', 'list', '--all')).find(({position}) =>
      String(position).endsWith(`/usb/${number}`),
    ),
  );

/** Waits until the role is held, and every path of it leads where it should. */
const served = (vm: Vm): Promise<Role> =>
  until(
    () => roleOf(vm),
    ({holder, links}) =>
      holder === 'held' && links.length > 0 && links.every(({state}) => state === 'right'),
    60_000,
  );

/** Waits until nothing serves the role, and no path of it is left. */
async function deserted(vm: Vm): Promise<void> {
  await until(
    () => roleOf(vm),
    ({holder, links}) => holder === 'absent' && links.length === 0,
    60_000,
  );
  expect(await vm.ask('ls -A /dev/cim 2>/dev/null || true')).toBe('');
}

describe.each(UNITS)('%s', (driver, name) => {
  test('is what it is, plugged, moved, swapped, cloned, and removed in use', async () => {
    const vm = await openVm();
    const [bound] = await vm.json('role', 'bind', 'thing', '--port', '1-2', '--class', name);
    expect(bound).toMatchObject({ok: true});

    const before = await sequenceNow(vm);
    const first = await vm.plug({driver, port: '2', serial: 'FIRST0001'});
    await served(vm);
    const plugged = await socketAt(vm, 2);
    expect(classesOf(plugged)).toContain(name);
    expect(plugged.device).toMatchObject({serial: 'FIRST0001', ambiguous: false});
    expect((await typesSince(vm, before)).length).toBeLessThanOrEqual(3);

    const there = await sequenceNow(vm);
    await first.unplug();
    await deserted(vm);
    const ofPull = await typesSince(vm, there);
    expect(ofPull).toContain('cim.device.removed.v1');
    expect(ofPull.length).toBeLessThanOrEqual(3);
    const pulled = await sequenceNow(vm);
    const elsewhere = await vm.plug({driver, port: '4', serial: 'FIRST0001'});
    const moved = await until(
      () => socketAt(vm, 4),
      (port) => classesOf(port).includes(name),
      60_000,
    );
    expect(moved.device?.id).toBe(plugged.device?.id);
    const ofMove = await typesSince(vm, pulled);
    expect(ofMove).toContain('cim.device.moved.v1');
    expect(ofMove.length).toBeLessThanOrEqual(3);
    expect((await roleOf(vm)).holder).toBe('absent');
    const settled = await sequenceNow(vm);

    const second = await vm.plug({driver, port: '2', serial: 'SECOND0001'});
    const {links} = await served(vm);
    const swapped = await socketAt(vm, 2);
    expect(swapped.id).toBe(plugged.id);
    expect(swapped.device?.id).not.toBe(plugged.device?.id);
    expect((await typesSince(vm, settled)).length).toBeLessThanOrEqual(3);

    // It says that it is the other: both are marked, and the path stays where it was.
    const clone = await vm.plug({driver, port: '5', serial: 'SECOND0001'});
    await until(
      () => socketAt(vm, 5),
      ({device}) => device?.ambiguous === true,
      60_000,
    );
    expect((await socketAt(vm, 2)).device?.ambiguous).toBe(true);
    expect((await served(vm)).links).toEqual(links);
    // A serial that was seen on two is no proof any more, whoever of them has gone.
    await clone.unplug();
    await until(
      () => socketAt(vm, 5),
      ({device}) => device === null,
      60_000,
    );
    expect((await served(vm)).links).toEqual(links);

    const [held] = links;
    if (held?.path.startsWith('/dev/') === true) {
      await vm.ask(`(exec 3<${held.path}; sleep 60) >/dev/null 2>&1 &`);
    } else {
      await vm.ask(`ip link set ${held?.node} up && ip address add 192.0.2.9/24 dev ${held?.node}`);
    }
    await second.unplug();
    await deserted(vm);
    expect(await socketAt(vm, 2)).toMatchObject({state: 'absent', device: null});
    await elsewhere.unplug();
  });
});
