import {PortId} from '../ids.ts';

const MAX = 40;
/** Room for a number behind a long slug. */
const MAX_BASE = 36;

/**
 * Readable id of a port: its class and the last parts of its position, e.g. `usb-14-0-1-3` for
 * `0000/14.0/usb/1.3`; `-2`, `-3` … where another port bears it already.
 */
export function portIdFor(
  deviceClass: string,
  position: string,
  isTaken: (id: string) => boolean,
): PortId {
  const base = slugOf(`${deviceClass}-${lastParts(position)}`)
    .slice(0, MAX_BASE)
    .replace(/-+$/, '');
  let id = base;
  for (let number = 2; isTaken(id); number += 1) {
    id = `${base}-${number}`.slice(0, MAX);
  }
  return PortId.parse(id);
}

/** The parts that tell ports of one machine apart: the last two, without mere markers. */
function lastParts(position: string): string {
  const parts = position.split('/').filter((part) => part !== 'usb' && part !== 'pci');
  return parts[0] === 'virtual' ? parts.slice(2).join('-') : parts.slice(-2).join('-');
}

const slugOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '') || 'port';
