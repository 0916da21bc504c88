import type {FoundFunction} from '../classify.ts';

/** "28 digital lines", or without their number where the kernel does not tell it. */
export function describeGpio({members}: FoundFunction): string {
  const counts = members.map(({attributes}) => Number(attributes.ngpio ?? 0));
  const count = counts.reduce((sum, lines) => sum + lines, 0);
  return count === 0 ? 'digital lines' : `${count} digital lines`;
}
