import type {Identity} from './events.ts';

/** What a unit says of itself, as far as it can be a proof of who it is. */
export interface IdentityClaims {
  readonly position: string;
  readonly devpath: string;
  /** World-wide id of its disk: `eui.…`, `naa.…`, the CID of a card. */
  readonly wwid: string | null;
  /** Hardware address with its sysfs `addr_assign_type`. */
  readonly mac: {readonly address: string; readonly assignType: string | null} | null;
  /** `vendor:product` in hex, or what stands for it off USB and PCI. */
  readonly ids: string | null;
  readonly serial: string | null;
}

/** How a unit is recognised, best proof first: MODEL.md, Identity. */
export function identityOf(claims: IdentityClaims): Identity {
  const {position, devpath, wwid, mac, ids, serial} = claims;
  if (wwid !== null && isProof(wwid)) {
    return {kind: 'wwid', value: wwid.trim().replace(/\s+/g, ' ')};
  }
  if (mac !== null && isPermanentMac(mac.address, mac.assignType)) {
    return {kind: 'mac', value: mac.address.toLowerCase()};
  }
  if (serial !== null && isSerialAccepted(serial, devpath)) {
    return {kind: 'serial', value: `${ids ?? ''}:${serial.trim()}`};
  }
  return {kind: 'position', value: ids === null ? position : `${position} ${ids}`};
}

/**
 * True for a serial that can tell two units apart: not empty, not one repeated character, not a
 * counting row, and without the unit's own bus address (made up by a driver or an emulator).
 */
export function isSerialAccepted(serial: string, devpath: string): boolean {
  const text = serial.trim();
  if (!isProof(text) || /^0?1234567890?/.test(text)) {
    return false;
  }
  const addresses = devpath.match(/[0-9a-f]{4,}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]/g) ?? [];
  // The serial of a root hub is the name of its controller's device, on any bus: `dummy_hcd.0`.
  if (devpath.split('/').includes(text)) {
    return false;
  }
  return !addresses.some((address) => text.includes(address));
}

/** Given by the maker (0) and globally unique by its own bit. */
export function isPermanentMac(address: string, assignType: string | null): boolean {
  const first = Number.parseInt(address.slice(0, 2), 16);
  const isAddress = /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/i.test(address);
  return isAddress && assignType === '0' && (first & 0b10) === 0 && isProof(address);
}

/** Something other than one character over and over, separators aside. */
const isProof = (text: string): boolean => {
  const letters = new Set(text.replace(/[\s:.,_-]/g, '').toLowerCase());
  return letters.size > 1;
};
