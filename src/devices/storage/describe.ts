import type {FoundFunction} from '../classify.ts';

/** The kernel's `size` counts these, whatever the disk's own blocks are. */
const SECTOR_BYTES = 512;
const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** "32 GB disk", or "no medium" while the size is 0. */
export function describeStorage({anchor}: FoundFunction): string {
  const {size} = anchor.attributes;
  if (size === undefined) {
    return 'disk';
  }
  const bytes = Number(size) * SECTOR_BYTES;
  return bytes > 0 ? `${sizeWords(bytes)} disk` : 'no medium';
}

function sizeWords(bytes: number): string {
  const step = Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length - 1);
  const value = bytes / 1000 ** step;
  return `${value < 10 ? Number(value.toFixed(1)) : Math.round(value)} ${UNITS[step]}`;
}
