import {describe, expect, it} from 'vitest';

import type {KernelDevice} from '#domain/kernel-device.ts';
import {readRecording} from '#drivers/recording/read-recording.ts';
import {masked, readMasked as read, tree, usb} from '#test/support/masked.ts';

const RAID = '3aaa0122:29827cfa:5331ad66:ca767371';
const LUKS = '6f0ce0a0dd7c4c2f9b1f0f3b8f6a2d11';
const asUuid = (hex: string): string =>
  hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
const GROUP = 'sZJVzGcTqDTBkFzFSlnfWTXgHNL3bkzU';
const VOLUME = 'q1cIDkd9eUIrpuTFwdmcTmRfpZMmBMuk';

describe('the id of a volume in a masked recording', () => {
  it.each([
    ['a UUID', {ID_FS_UUID: asUuid(LUKS)}, `disk/by-uuid/${asUuid(LUKS)}`, asUuid(LUKS)],
    ['NTFS', {ID_FS_UUID: '5E1C2D3F4A5B6C7D'}, 'disk/by-uuid/5E1C2D3F4A5B6C7D', '5E1C2D3F4A5B6C7D'],
    ['FAT', {ID_FS_UUID: '1A2B-3C4D'}, 'disk/by-uuid/1A2B-3C4D', '1A2B-3C4D'],
    ['FAT in letters', {ID_FS_UUID: 'ABCD-EFAB'}, 'disk/by-uuid/ABCD-EFAB', 'ABCD-EFAB'],
    ['btrfs', {ID_FS_UUID_SUB: 'f00dcafe1'}, 'disk/by-uuid-sub/f00dcafe1', 'f00dcafe1'],
    ['an MBR table', {ID_PART_TABLE_UUID: '5f3a91c2'}, 'disk/by-diskseq/5f3a91c2', '5f3a91c2'],
    ['RAID', {MD_UUID: RAID}, `disk/by-id/md-uuid-${RAID}`, RAID],
    ['LUKS', {DM_UUID: `CRYPT-LUKS2-${LUKS}-c`}, `disk/by-id/dm-uuid-CRYPT-LUKS2-${LUKS}-c`, LUKS],
    ['LVM', {DM_UUID: `LVM-${GROUP}${VOLUME}`}, `disk/by-id/dm-uuid-LVM-${GROUP}${VOLUME}`, GROUP],
    ['LVM (its own)', {DM_UUID: `LVM-${GROUP}${VOLUME}-cow`}, `by-id/x-${VOLUME}`, VOLUME],
    ['many paths', {DM_UUID: `mpath-3${LUKS}`}, `disk/by-id/dm-uuid-mpath-3${LUKS}`, LUKS],
  ] as const)('of %s is replaced, in the link too', (_, properties, link, id) => {
    const text = masked(tree(usb('1', {properties, links: [`/dev/${link}`]})));
    expect(text).not.toContain(id);
    const [device] = readRecording(text).devices;
    const [value = ''] = Object.values(device?.properties ?? {});
    expect(value).toHaveLength(Object.values(properties)[0]?.length ?? 0);
    const kind = /^(?:LVM-|CRYPT-LUKS2-|mpath-3)?/.exec(value)?.[0] ?? '';
    expect(Object.values(properties)[0]?.startsWith(kind)).toBe(true);
  });

  it('is one in every way of writing it, and a partition’s has the table’s in it', () => {
    const raid = RAID.replaceAll(':', '');
    const [array, crypt, mbr] = read(
      usb('1', {properties: {MD_UUID: RAID, ID_FS_UUID: asUuid(raid)}}),
      usb('2', {
        properties: {DM_UUID: `CRYPT-LUKS2-${LUKS}-luks-${asUuid(LUKS)}`},
        links: [`/dev/disk/by-id/dm-uuid-CRYPT-LUKS2-${LUKS}-luks-${asUuid(LUKS)}`],
      }),
      usb('3', {
        properties: {ID_PART_ENTRY_UUID: '5f3a91c2-01', ID_PART_TABLE_UUID: '5f3a91c2'},
        links: ['/dev/disk/by-partuuid/5f3a91c2-01'],
      }),
    );
    const {MD_UUID = '', ID_FS_UUID = ''} = array?.properties ?? {};
    expect(ID_FS_UUID).toBe(asUuid(MD_UUID.replaceAll(':', '')));
    const [, hex = '', uuid] =
      /^CRYPT-LUKS2-(.{32})-luks-(.*)$/.exec(crypt?.properties.DM_UUID ?? '') ?? [];
    expect(uuid).toBe(asUuid(hex));
    expect(crypt?.links).toEqual([`/dev/disk/by-id/dm-uuid-CRYPT-LUKS2-${hex}-luks-${uuid}`]);
    const {ID_PART_ENTRY_UUID, ID_PART_TABLE_UUID} = mbr?.properties ?? {};
    expect(ID_PART_ENTRY_UUID).toBe(`${ID_PART_TABLE_UUID}-01`);
    expect(mbr?.links).toEqual([`/dev/disk/by-partuuid/${ID_PART_ENTRY_UUID}`]);
  });

  it('stays where it is nobody’s, whatever the firmware says, and so does a volume’s name', () => {
    const properties = {DM_UUID: 'CRYPT-PLAIN-swap2', ID_PART_TABLE_UUID: '00000000'};
    const device = usb('1', {properties, attributes: {address: '00:00:00:00:00:00'}});
    expect(readRecording(masked(tree(device), ['000000000000'])).devices).toEqual([device]);
  });
});

describe('the host name in a masked recording', () => {
  const telling = (host: string, doubled: string): Partial<KernelDevice> => ({
    devpath: `/devices/virtual/net/${host}_0`,
    node: `/dev/${host}-vg/root`,
    links: [`/dev/disk/by-id/md-name-${host}:0`, `/dev/mapper/${doubled}--vg-root`],
    properties: {DM_NAME: `${doubled}--vg-root`, DM_VG_NAME: `${host}-vg`, ID_X: `${host}.lan`},
  });

  it.each([
    ['annabox', 'annabox'],
    ['anna-box', 'anna--box'],
  ])('%s is replaced in what it is a part of', (host, doubled) => {
    const devices = [usb('1', telling(host, doubled))];
    const text = masked(tree(...devices), [], host, `6.1-${host}`);
    expect(text).not.toMatch(/anna-*box/i);
    const {header, devices: read} = readRecording(text);
    const [, name = ''] = /^6\.1-(.*)$/.exec(header.kernel ?? '') ?? [];
    expect(name).toHaveLength(host.length);
    expect(read).toMatchObject([telling(name, name.replaceAll('-', '--'))]);
  });

  it('stays where it is a part of a word, or a word that paths are made of', () => {
    const device = usb('1', {properties: {A: 'annaboxes', B: 'xannabox', C: 'usb-disk'}});
    const texts = ['annabox', 'usb', 'devices'].map((host) => masked(tree(device), [], host));
    expect(texts.map((text) => readRecording(text).devices)).toEqual(texts.map(() => [device]));
  });
});

it('a serial that is the hardware address is masked as that', () => {
  const [adapter, card] = read(
    usb('1', {
      attributes: {serial: '00E04C680123'},
      properties: {ID_SERIAL: 'Realtek_LAN_00E04C680123', ID_SERIAL_SHORT: '00E04C680123'},
    }),
    usb('1/net/eth1', {attributes: {address: '00:e0:4c:68:01:23'}}),
  );
  const {ID_SERIAL_SHORT: serial = ''} = adapter?.properties ?? {};
  expect(serial).toMatch(/^00E04C(?!680123)/);
  expect(adapter?.attributes.serial).toBe(serial);
  expect(adapter?.properties.ID_SERIAL).toBe(`Realtek_LAN_${serial}`);
  expect(card?.attributes.address).toBe(serial.toLowerCase().match(/../g)?.join(':'));
});
