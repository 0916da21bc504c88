import {expect, test} from 'vitest';

import {until} from '#test/support/until.ts';
import {vmsForFile} from '#test/support/vm/file-vm.ts';
import {
  CARD_READER,
  COMPOSITE_MODEM,
  PEN,
  printCharges,
  printPlugGadget,
  printUnplugGadget,
  SCANNER,
} from '#test/support/vm/gadgets.ts';
import {classesOf, parsePort} from '#test/support/vm/port-line.ts';

const openVm = vmsForFile();

test('a composite modem is one device with its functions, in three events at most', async () => {
  const vm = await openVm();
  // Loading a driver takes the guest a second, which no machine that we know of needs.
  await vm.ask('modprobe -a dummy_hcd libcomposite cdc_acm cdc_ether qcserial');
  await vm.ports.find((line) => line.includes('dummy')); // the socket of its controller
  const [before] = await vm.json('status');
  await vm.ask(printPlugGadget(COMPOSITE_MODEM));
  const line = await vm.ports.find((text) => (text.match(/"class":"serial"/g) ?? []).length === 3);
  const port = parsePort(line.text);
  expect(port.device).toMatchObject({serial: COMPOSITE_MODEM.serial, identity: 'serial'});
  expect(classesOf(port)).toEqual(['network', 'serial', 'serial', 'serial']);
  expect(port.device?.nodes).toEqual(
    expect.arrayContaining(['/dev/ttyACM0', '/dev/ttyACM1', '/dev/ttyACM2']),
  );
  const from = String(Number(before?.sequence) + 1);
  const events = await vm.json('event', 'list', '--from', from);
  expect(events.length).toBeLessThanOrEqual(3);
  expect(events.filter(({type}) => type === 'cim.device.added.v1')).toHaveLength(1);

  await vm.ask(printUnplugGadget(COMPOSITE_MODEM));
  const gone = await vm.ports.find(
    (text) => parsePort(text).state === 'absent' && text.includes(port.id),
  );
  expect(parsePort(gone.text).device).toBe(null);
});

test('a card reader has a function for each slot, the empty one without a card', async () => {
  const vm = await openVm();
  await vm.ask(printPlugGadget(CARD_READER));
  const rows = await until(
    async () =>
      (await vm.json('port', 'list')).filter((row) =>
        JSON.stringify(row).includes(CARD_READER.serial),
      ),
    (found) => JSON.stringify(found).match(/"class":"storage"/g)?.length === 2,
    20_000,
  );
  expect(rows).toHaveLength(1);
  const states = JSON.stringify(rows[0]).match(/"class":"storage"[^{}]*"state":"(\w+)"/g);
  expect(states?.map((text) => text.includes('present'))).toEqual([true, false]);
});

test('a scanner without a serial is a scanner, known by its place', async () => {
  const vm = await openVm();
  await vm.ask(printPlugGadget(SCANNER));
  const port = parsePort(
    (await vm.ports.find((line) => line.includes('Metrologic') && line.includes('"scanner"'))).text,
  );
  expect(classesOf(port)).toEqual(['scanner']);
  expect(port.device).toMatchObject({identity: 'position', serial: null, ids: '0c2e:0200'});
});

test('made-up cameras, sound cards and chips come as real kernel devices', async () => {
  const vm = await openVm();
  await vm.ask('modprobe vivid n_devs=1 && modprobe snd-aloop && modprobe i2c-stub chip_addr=0x50');
  await vm.udev.find((text) => /add .*\/video4linux\/video0 /.test(text));
  await vm.udev.find((text) => /add .*\/sound\/card\d+ /.test(text));
  await vm.udev.find((text) => /add .*\/i2c-\d+ \(i2c\)/.test(text));
  expect(await vm.ask('ls /dev/video0 /dev/snd/controlC0')).toContain('/dev/video0');
});

test('a battery that tells its charge is told live, and none of it is stored', async () => {
  const vm = await openVm();
  await vm.ask(printPlugGadget(PEN));
  const isWhole = (text: string): boolean =>
    text.includes(PEN.serial) && text.includes('"class":"input"');
  await vm.ports.find(isWhole);
  const sequence = async () => (await vm.json('status'))[0]?.sequence;
  const [before] = await until(
    async () => [await sequence(), await vm.ask('udevadm settle; sleep 1'), await sequence()],
    ([early, , late]) => early === late,
    60_000,
  );
  await vm.ask(printCharges([90, 80, 70, 60, 50], 0.2));
  const told = vm.udev.lines.filter(({text}) => /change .*power_supply/.test(text));
  expect(told.length).toBeGreaterThanOrEqual(5);
  expect(await sequence()).toBe(before);
});
