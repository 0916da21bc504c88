/** How useful an address is to reach a container from here: routable IPv4 first, link-local last. */
function rankOf(address: string): number {
  const isLinkLocal = /^(169\.254\.|fe[89ab][0-9a-f]:)/i.test(address);
  const isSix = address.includes(':');
  return (isLinkLocal ? 2 : 0) + (isSix ? 1 : 0);
}

/** Addresses in order of usefulness, equal ones as text has them; loopback is none. */
export const sortAddresses = (addresses: readonly string[]): readonly string[] =>
  [...new Set(addresses)]
    .filter((address) => address !== '::1' && !address.startsWith('127.'))
    .sort((a, b) => rankOf(a) - rankOf(b) || (a < b ? -1 : a > b ? 1 : 0));

/** The text of an address as a socket has it: 4 bytes or 16, else undefined. */
export function addressText(bytes: Uint8Array): string | undefined {
  if (bytes.length === 4) {
    return bytes.join('.');
  }
  if (bytes.length !== 16) {
    return undefined;
  }
  const groups = Array.from({length: 8}, (_, index) =>
    (((bytes[index * 2] ?? 0) << 8) | (bytes[index * 2 + 1] ?? 0)).toString(16),
  );
  return shorten(groups);
}

/** The longest run of zeros becomes `::` (RFC 5952: the first one, and never a single group). */
function shorten(groups: readonly string[]): string {
  let best = {start: 0, length: 1};
  let start = 0;
  for (const [index, group] of groups.entries()) {
    if (group !== '0') {
      start = index + 1;
    } else if (index + 1 - start > best.length) {
      best = {start, length: index + 1 - start};
    }
  }
  if (best.length < 2) {
    return groups.join(':');
  }
  const before = groups.slice(0, best.start).join(':');
  return `${before}::${groups.slice(best.start + best.length).join(':')}`;
}
