import {join} from 'node:path';

import {startTied} from '#test/support/tiers/children.ts';

/** How many consoles lead out of the guest: as many as Linux has of these from the start. */
export const CHANNELS = 8;

export const QEMU = 'qemu-system-x86_64';

/** A guest's memory: in a file, which a kept guest's memory is read from without a copy. */
const MEMORY = '1G';

export interface QemuOptions {
  /** Holds the kernel and the disk that all begin with. */
  readonly image: string;
  /** Disk of this guest, on top of that one. */
  readonly disk: string;
  /** File that the guest sees as its second disk: how a bundle gets in. */
  readonly seed: string;
  readonly memory: string;
  /** Whether its memory is written to that file, or to this guest's own pages only. */
  readonly isMemoryShared: boolean;
  /** For sockets and logs. */
  readonly folder: string;
  readonly extra?: readonly string[];
}

/** Where QEMU listens for us. */
export const qmpSocket = (folder: string): string => join(folder, 'qmp.sock');
export const channelSocket = (folder: string, index: number): string =>
  join(folder, `channel-${index}.sock`);

/** What the guest is made of. A kept guest starts again only with the very same. */
const MACHINE: readonly string[] = [
  ...['-nodefaults', '-no-user-config', '-display', 'none'],
  ...['-machine', 'q35,memory-backend=memory', '-accel', 'tcg,thread=multi'],
  ...['-cpu', 'max', '-smp', '2', '-m', MEMORY],
  ...['-append', 'root=/dev/vda rw console=ttyS0 quiet systemd.show_status=0 mitigations=off'],
  ...[
    '-device',
    'virtio-blk-pci,drive=disk',
    '-device',
    'virtio-blk-pci,drive=seed',
    '-device',
    'virtio-rng-pci',
  ],
  ...['-device', 'virtio-serial-pci,max_ports=16'],
  // Sockets of both speeds: 1 to 8 at the machine.
  ...['-device', 'qemu-xhci,id=xhci,p2=8,p3=8'],
  ...['-audiodev', 'none,id=sound'],
  // Tells the kernel that it has been copied: its random pool starts anew.
  ...['-device', 'vmgenid,guid=auto'],
  // A network card with a cable that leads nowhere.
  ...['-netdev', 'user,id=lan,restrict=on'],
  ...['-device', 'virtio-net-pci,id=nic,netdev=lan,mac=52:54:00:12:34:56'],
];

/** Starts QEMU. It ends with us, whatever ends us. */
export const startQemu = (options: QemuOptions) => startTied(QEMU, printQemuArgs(options));

/** Its whole command line, which is part of a kept guest's key. */
export function printQemuArgs(options: QemuOptions): readonly string[] {
  const {image, disk, seed, memory, isMemoryShared, folder, extra = []} = options;
  const channels = Array.from({length: CHANNELS}, (_, index) => [
    ...['-chardev', `socket,id=c${index},path=${channelSocket(folder, index)},server=on,wait=off`],
    ...['-device', `virtconsole,chardev=c${index}`],
  ]);
  const share = isMemoryShared ? 'on' : 'off';
  const memoryFile = `memory-backend-file,id=memory,size=${MEMORY},mem-path=${memory}`;
  return [
    ...MACHINE,
    ...['-kernel', join(image, 'vmlinuz'), '-initrd', join(image, 'initrd')],
    ...['-object', `${memoryFile},share=${share}`],
    ...['-drive', printDrive(disk, join(image, 'disk.raw'))],
    ...['-drive', `if=none,id=seed,file=${seed},format=raw,read-only=on`],
    ...channels.flat(),
    ...['-serial', `file:${join(folder, 'serial.log')}`],
    ...['-qmp', `unix:${qmpSocket(folder)},server=on,wait=off`],
    ...extra,
  ];
}

/** The image may lie elsewhere than when the disk on top of it was made. */
const printDrive = (disk: string, base: string): string =>
  [
    'if=none',
    'id=disk',
    `file=${disk}`,
    'format=qcow2',
    'cache=writeback',
    `backing.file.filename=${base}`,
  ].join(',');
