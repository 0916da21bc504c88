/**
 * `npm run recordings`: records in the virtual machine all that it can be plugged with, masked, into
 * test/fixtures/uevents/vm-*.uevents.
 */
import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';

import {ROOT} from '#test/support/stage.ts';
import {
  CARD_READER,
  COMPOSITE_MODEM,
  type Gadget,
  PEN,
  printCharges,
  printPlugGadget,
  printUnplugGadget,
  SCANNER,
} from './gadgets.ts';
import {followLines} from './line-stream.ts';
import type {UsbDevice} from './usb.ts';
import {openVm, type Vm} from './vm.ts';
import {provideWarm} from './warm.ts';

const FOLDER = join(ROOT, 'test', 'fixtures', 'uevents');
const CHANNEL = 4;
/** How often the battery of a pen tells its charge while it is recorded. */
const CHARGES = 120;
const IN_GUEST = '/root/made.uevents';

/** What is done while the recorder runs. */
interface Scene {
  readonly name: string;
  play(vm: Vm): Promise<void>;
}

const comeAndGo = async (vm: Vm, device: UsbDevice): Promise<void> => {
  const plugged = await vm.plug(device);
  await untilQuiet(vm);
  await plugged.unplug();
  await untilQuiet(vm);
};

const playGadget = (gadget: Gadget): Scene => ({
  name: `vm-gadget-${gadget.name}`,
  async play(vm) {
    await vm.ask(printPlugGadget(gadget));
    await untilQuiet(vm);
    await vm.ask(printUnplugGadget(gadget));
    await untilQuiet(vm);
  },
});

const SCENES: readonly Scene[] = [
  {
    name: 'vm-usb-devices',
    async play(vm) {
      await comeAndGo(vm, {driver: 'usb-serial', port: '1', serial: 'A50285BI'});
      await comeAndGo(vm, {driver: 'usb-kbd', port: '2', serial: 'KBD70421'});
      await comeAndGo(vm, {driver: 'usb-storage', port: '3', serial: '4C530001240915'});
      await comeAndGo(vm, {driver: 'usb-net', port: '4', serial: 'NET11932'});
      await comeAndGo(vm, {driver: 'usb-audio', port: '5', serial: 'SND55102'});
    },
  },
  {
    name: 'vm-hub-twins-and-a-move',
    async play(vm) {
      const hub = await vm.plug({driver: 'usb-hub', port: '1', serial: ''});
      await untilQuiet(vm);
      await comeAndGo(vm, {driver: 'usb-serial', port: '1.2', serial: 'A9XY01QK'});
      await vm.plug({driver: 'usb-serial', port: '1.3', serial: 'TWIN0001'});
      await vm.plug({driver: 'usb-serial', port: '6', serial: 'TWIN0001'});
      await untilQuiet(vm);
      await hub.unplug();
      await untilQuiet(vm);
      await vm.plug({driver: 'usb-serial', port: '7', serial: ''});
      await untilQuiet(vm);
    },
  },
  {
    name: 'vm-battery-storm',
    async play(vm) {
      await vm.ask(printPlugGadget(PEN));
      await untilQuiet(vm);
      const charges = Array.from({length: CHARGES}, (_, index) => 100 - (index % 100));
      await vm.ask(printCharges(charges, 0.05));
      await untilQuiet(vm);
      await vm.ask(printUnplugGadget(PEN));
      await untilQuiet(vm);
    },
  },
  ...[COMPOSITE_MODEM, CARD_READER, SCANNER].map(playGadget),
  {
    name: 'vm-made-up-drivers',
    async play(vm) {
      await vm.ask('modprobe vivid n_devs=1; modprobe snd-aloop; modprobe i2c-stub chip_addr=0x50');
      await untilQuiet(vm);
      await vm.ask('modprobe -r vivid snd-aloop i2c-stub');
      await untilQuiet(vm);
    },
  },
];

/** udev has dealt with all, and what came of it has been told. */
async function untilQuiet(vm: Vm): Promise<void> {
  await vm.ask('udevadm settle --timeout=60; sleep 1; udevadm settle --timeout=60');
}

async function record({name, play}: Scene, place: {base: string; warm: string}): Promise<void> {
  const vm = await openVm(place);
  try {
    const script = `exec cim-tui uevent record ${IN_GUEST} --mask`;
    const recorder = followLines(vm.guest.channel(CHANNEL), script);
    await recorder.find((text) => text.includes('recording '), {limitMs: 60_000});
    await play(vm);
    await vm.ask(`
      kill -INT "$(cat /run/cim-channel/hvc${CHANNEL})"
      until [ -e ${IN_GUEST} ]; do sleep 0.2; done
    `);
    const path = join(FOLDER, `${name}.uevents`);
    await writeFile(path, await vm.ask(`cat ${IN_GUEST}`));
    process.stdout.write(`${path}\n`);
  } finally {
    await vm.stop();
  }
}

const place = await provideWarm();
if ('lack' in place) throw new Error(place.lack);
const [, , only = ''] = process.argv;
for (const scene of SCENES.filter(({name}) => name.includes(only))) {
  await record(scene, place);
}
