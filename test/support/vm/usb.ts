import type {Guest} from './guest.ts';

/** USB devices that QEMU has, as its device documentation names them. */
export type UsbDriver =
  | 'usb-kbd'
  | 'usb-serial'
  | 'usb-storage'
  | 'usb-net'
  | 'usb-audio'
  | 'usb-hub'
  | 'usb-mouse';

export interface UsbDevice {
  readonly driver: UsbDriver;
  /** Port chain from the controller: `3`; `3.1` is port 1 of the hub in 3. */
  readonly port: string;
  /** '': it has none. */
  readonly serial: string;
}

/** What is plugged in. */
export interface Plugged {
  /** Takes it out; resolves when QEMU has let go of it. */
  unplug(): Promise<void>;
}

export const STICK_BYTES = 8 * 2 ** 20;

/** Plugs and unplugs USB devices at the guest's controller, which has 8 sockets of both speeds. */
export function createUsb(guest: Guest): (device: UsbDevice) => Promise<Plugged> {
  let count = 0;
  return async ({driver, port, serial}) => {
    count += 1;
    const id = `usb-${count}`;
    const back = await provideBack(guest, driver, id);
    // QEMU makes up a serial that holds the port where none is given; a hub of its has no other.
    const own = driver === 'usb-hub' && serial === '' ? {} : {serial};
    await guest.qmp.execute('device_add', {driver, id, bus: 'xhci.0', port, ...own, ...back.words});
    return {
      async unplug() {
        const gone = Promise.withResolvers<void>();
        const off = guest.qmp.onEvent('DEVICE_DELETED', ({device}) => {
          if (device === id) gone.resolve();
        });
        await guest.qmp.execute('device_del', {id});
        await gone.promise;
        off();
        await back.remove();
      },
    };
  };
}

interface Back {
  readonly words: Readonly<Record<string, unknown>>;
  remove(): Promise<unknown>;
}

/** What stands behind a device: a disk, a network, nothing. */
async function provideBack({qmp}: Guest, driver: UsbDriver, id: string): Promise<Back> {
  const back = `${id}-back`;
  switch (driver) {
    case 'usb-serial':
      await qmp.execute('chardev-add', {id: back, backend: {type: 'null', data: {}}});
      return {
        words: {chardev: back, 'always-plugged': true},
        remove: () => qmp.execute('chardev-remove', {id: back}),
      };
    case 'usb-storage': {
      const file = {driver: 'null-co', 'read-zeroes': true, size: STICK_BYTES};
      await qmp.execute('blockdev-add', {'node-name': back, driver: 'raw', file});
      return {
        words: {drive: back},
        remove: () => qmp.execute('blockdev-del', {'node-name': back}),
      };
    }
    case 'usb-net':
      await qmp.execute('netdev_add', {type: 'user', id: back, restrict: true});
      return {
        words: {netdev: back, mac: MAC},
        remove: () => qmp.execute('netdev_del', {id: back}),
      };
    case 'usb-audio':
      return {words: {audiodev: 'sound'}, remove: async () => {}};
    case 'usb-kbd':
    case 'usb-mouse':
    case 'usb-hub':
      return {words: {}, remove: async () => {}};
  }
}

/** Globally administered, as a bought adapter's is. */
export const MAC = '00:50:b6:12:34:56';
