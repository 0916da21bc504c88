import type {FoundFunction} from '../classify.ts';

/** "hub, 4 sockets". */
export function describeUsb({anchor}: FoundFunction): string {
  const count = Number(anchor.attributes.maxchild ?? 0);
  return count > 0 ? `hub, ${count} ${count === 1 ? 'socket' : 'sockets'}` : 'hub';
}
