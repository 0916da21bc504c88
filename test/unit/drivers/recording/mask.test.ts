import {createHash} from 'node:crypto';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';

import {isPermanentMac, isSerialAccepted} from '#domain/device/identity.ts';
import type {KernelDevice, Uevent} from '#domain/kernel-device.ts';
import {linkOf, observe} from '#test/support/hardware.ts';
import {masked, readMasked as read, tree, usb} from '#test/support/masked.ts';

interface Secrets {
  readonly serial: string;
  readonly mac: string;
  readonly wwid: string;
  readonly uuid: string;
  readonly ip: string;
  readonly hostname: string;
  readonly machineId: string;
}

/** Texts that nobody would hit on by chance. */
const secretsOf = (seed: number): Secrets => {
  const hex = createHash('sha256').update(String(seed)).digest('hex');
  return {
    serial: `${hex.slice(0, 9).toUpperCase()}7K ${hex.slice(9, 12)}`,
    mac: `00:1b:2${hex.slice(12, 13)}:${hex.slice(13, 15)}:${hex.slice(15, 17)}:${hex.slice(17, 19)}`,
    wwid: hex.slice(20, 36),
    uuid: `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-9${hex.slice(15, 18)}-${hex.slice(18, 30)}`,
    ip: `192.168.${100 + (seed % 90)}.${32 + (seed % 200)}`,
    hostname: `gate-${hex.slice(36, 42)}`,
    machineId: hex.slice(32, 64),
  };
};

/** Everything that a machine with these secrets would say of one device, wherever it says it. */
function telling(
  {serial, mac, wwid, uuid, ip, hostname}: Secrets,
  at: number,
): readonly KernelDevice[] {
  const plain = mac.replaceAll(':', '');
  const made = serial.replaceAll(' ', '_');
  const stick = usb(`${at}`, {
    attributes: {serial, idVendor: '0403', product: `made for ${hostname}`},
    properties: {
      ID_SERIAL: `FTDI_FT232R_${made}`,
      ID_SERIAL_SHORT: made,
      ID_FS_UUID: uuid,
      DEVLINKS: `/dev/disk/by-id/usb-FTDI_${made}-0:0 /dev/disk/by-uuid/${uuid} /dev/disk/by-id/wwn-0x${wwid}`,
      ID_PATH: `ip-${ip}:3260-iscsi-iqn.2001-04.com.example-lun-0`,
    },
    links: [`/dev/serial/by-id/usb-FTDI_FT232R_${made}-if00-port0`],
    references: {port: `/devices/x/${made}`},
  });
  const disk = usb(`${at}/block/sda`, {
    devtype: 'disk',
    subsystem: 'block',
    attributes: {wwid: `eui.${wwid}`},
    properties: {ID_WWN: `0x${wwid}`, HID_UNIQ: mac.toUpperCase()},
  });
  const card = usb(`${at}/net/enx${plain}`, {
    subsystem: 'net',
    devtype: null,
    ifindex: at,
    attributes: {address: mac, addr_assign_type: '0'},
    properties: {INTERFACE: `enx${plain}`, ID_NET_NAME_MAC: `enx${plain}`},
  });
  return [stick, disk, card];
}

const recordOf = (devices: readonly KernelDevice[]): Uevent => {
  const [first] = devices;
  const {devpath = '', properties = {}} = first ?? {};
  return {source: 'udev', action: 'add', devpath, subsystem: 'usb', seqnum: 1, properties};
};

describe('a masked recording', () => {
  it('holds no secret of the machine, in no form', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(), {minLength: 2, maxLength: 4}), (seeds) => {
        const all = seeds.map(secretsOf);
        const [first, ...later] = all.map((secrets, at) => telling(secrets, at + 1));
        const recording = {
          devices: first ?? [],
          links: all.map(({mac}, at) => linkOf(at + 1, `enx${mac.replaceAll(':', '')}`)),
          steps: later.map((devices, at) => ({
            atMs: at,
            notice: {kind: 'uevent', uevent: recordOf(devices)} as const,
            changed: devices,
            gone: [`/devices/x/${all[0]?.serial}`],
          })),
          endMs: 9,
        };
        const [{hostname = '', machineId = ''} = {}] = all;
        const text = masked(recording, [machineId], hostname).toLowerCase();
        for (const {serial, mac, wwid, uuid, ip} of all) {
          const plain = mac.replaceAll(':', '');
          const forms = [serial, serial.replaceAll(' ', '_'), mac, plain, wwid, uuid, ip];
          expect(forms.filter((form) => text.includes(form.toLowerCase()))).toEqual([]);
        }
        expect(text).not.toContain(hostname);
        expect(text).not.toContain(machineId);
      }),
      {numRuns: 60},
    );
  }, 30_000);

  it('still has twins as twins, and strangers as strangers, in the same ports', () => {
    const twin = {serial: 'A50285BI7', idVendor: '0403', idProduct: '6001'};
    const [one, other, third] = read(
      usb('1', {attributes: twin}),
      usb('2', {attributes: twin}),
      usb('3', {attributes: {...twin, serial: 'A50285BI8'}}),
    );
    expect(one?.attributes.serial).toBe(other?.attributes.serial);
    expect(third?.attributes.serial).not.toBe(one?.attributes.serial);
    expect(one?.attributes.serial).toMatch(/^[A-Z]\d{5}[A-Z]{2}\d$/);
    expect(one?.devpath).toBe('/devices/pci0000:00/0000:00:14.0/usb1/1-1');
    const {devices} = observe([one, other].filter((each) => each !== undefined));
    expect([...devices.values()].map(({description}) => description.identity.kind)).toEqual([
      'serial',
      'serial',
    ]);
  });

  it('keeps what is refused as a proof, and what is empty', () => {
    const serials = ['', '0000000000', '0123456789', '1-0000:00:14.0-1', '  '];
    const devices = read(...serials.map((serial, at) => usb(`${at + 1}`, {attributes: {serial}})));
    expect(devices.map(({attributes}) => attributes.serial)).toEqual(serials);
  });

  it('replaces a short serial in the fields of a serial only', () => {
    const [device] = read(
      usb('1', {
        attributes: {serial: '0001', idProduct: '0001'},
        properties: {
          ID_SERIAL: 'ACME_Scale_0001',
          ID_SERIAL_SHORT: '0001',
          ID_MODEL_ID: '0001',
        },
        links: ['/dev/serial/by-id/usb-ACME_Scale_0001-if00-port0'],
      }),
    );
    const serial = device?.attributes.serial ?? '';
    expect(serial).toMatch(/^\d{4}$/);
    expect(isSerialAccepted(serial, '/devices')).toBe(true);
    expect(serial).not.toBe('0001');
    expect(device).toMatchObject({
      attributes: {idProduct: '0001'},
      properties: {
        ID_SERIAL: `ACME_Scale_${serial}`,
        ID_SERIAL_SHORT: serial,
        ID_MODEL_ID: '0001',
      },
      links: [`/dev/serial/by-id/usb-ACME_Scale_${serial}-if00-port0`],
    });
  });

  it('keeps the maker of an address, who gave it, and that it is nobody’s', () => {
    const macs = [
      '00:1b:21:aa:bb:0c',
      '02:1b:21:aa:bb:0c',
      '00:00:00:00:00:00',
      'ff:ff:ff:ff:ff:ff',
    ];
    const devices = read(...macs.map((address, at) => usb(`${at + 1}`, {attributes: {address}})));
    const [given, local, none, all] = devices.map(({attributes}) => attributes.address ?? '');
    expect(given).toMatch(/^00:1b:21:(?!aa:bb:0c)/);
    expect(isPermanentMac(given ?? '', '0')).toBe(true);
    expect(local).toMatch(/^02:1b:21:(?!aa:bb:0c)/);
    expect([none, all]).toEqual(macs.slice(2));
  });

  it('leaves bus addresses, sockets of hubs, versions and kinds of partitions alone', () => {
    const properties = {
      PHYS: '"usb-0000:00:1a.0-1.5.4.2/input0"',
      ID_PATH: 'pci-0000:00:1a.0-usb-0:1.5.4.2:1.0',
      MODALIAS: 'usb:v0403p6001d0600dc00dsc00dp00icFFiscFFipFFin00',
      ID_PART_ENTRY_TYPE: 'c12a7328-f81f-11d2-ba4b-00a0c93ec93b',
      HID_ID: '0003:0000046D:0000C31C',
    };
    expect(read(usb('1', {properties}))[0]?.properties).toEqual(properties);
  });

  it('replaces the serial inside the name of an NVMe disk and of a SATA one', () => {
    const serial = 'S4EVNF0M123456';
    const hex = Buffer.from(`${serial}      `).toString('hex');
    const text = masked(
      tree(
        usb('1', {attributes: {wwid: `nvme.144d-${hex}-53616d73756e67-00000001`}}),
        usb('2', {attributes: {wwid: `t10.ATA     Samsung SSD 870  ${serial}`}}),
        usb('3', {properties: {ID_SERIAL: `Samsung_SSD_${serial}`}}),
      ),
    );
    expect(text).not.toContain(serial);
    expect(text).not.toContain(hex.slice(0, 28));
    expect(text).toContain('Samsung SSD 870');
  });

  it('keeps an IPv4 address an address, and another one for another', () => {
    const [one] = read(
      usb('1', {
        properties: {
          A: 'ip-10.1.2.3:3260',
          B: '10.1.2.3',
          C: '10.1.2.4',
          D: 'fe80::21b:21ff:feaa:bb0c',
        },
      }),
    );
    const {A, B, C, D} = one?.properties ?? {};
    expect(A).toBe(`ip-${B}:3260`);
    expect(B).toMatch(/^[1-9]\d\.[1-9]\.[1-9]\.[1-9]$/);
    expect(C).not.toBe(B);
    expect(D).not.toContain('21b:21ff');
  });
});
