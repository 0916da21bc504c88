import {readFileSync} from 'node:fs';
import {hostname, release} from 'node:os';

/** What a recording says of the machine it was made on, and what a masked one must not. */
export interface ThisMachine {
  readonly kernel: string;
  readonly machine: string | null;
  readonly hostname: string;
  /** Serials and ids that nothing but the firmware or /etc says. */
  readonly secrets: readonly string[];
}

const DMI = '/sys/class/dmi/id';
const SECRETS = [
  ...['product_serial', 'product_uuid', 'board_serial', 'chassis_serial', 'chassis_asset_tag'].map(
    (name) => `${DMI}/${name}`,
  ),
  '/proc/device-tree/serial-number',
  '/etc/machine-id',
  '/proc/sys/kernel/random/boot_id',
];

/** Reads what this machine says of itself. */
export function readThisMachine(): ThisMachine {
  const words = [`${DMI}/sys_vendor`, `${DMI}/product_name`, '/proc/device-tree/model'].map(read);
  return {
    kernel: release(),
    machine: words.filter((word) => word !== '').join(' ') || null,
    hostname: hostname(),
    secrets: SECRETS.map(read).filter((secret) => secret !== ''),
  };
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8').replaceAll('\0', '').trim();
  } catch {
    return ''; // not this kind of machine, or not for us: nothing is said
  }
}
