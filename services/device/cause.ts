import type {Clock} from '#contracts/clock.ts';
import type {UnstoredCause} from '#domain/cause.ts';
import type {LinkFact, Uevent} from '#domain/kernel-device.ts';
import type {StoredCause} from '../stored-cause.ts';
import type {Resync} from './loss.ts';

/** When the facts were seen, and what made them be seen. */
export interface DeviceCause {
  readonly time: string;
  readonly cause?: UnstoredCause | undefined;
  /** The event that they follow from, where one is stored. */
  readonly stored?: StoredCause | undefined;
}

/** By a record of the kernel or of udev. */
export function causeOfUevent(uevent: Uevent, clock: Clock): DeviceCause {
  const time = clock.iso();
  const {source, action, devpath, subsystem, seqnum} = uevent;
  const summary = `${source} ${action} ${devpath} (${subsystem ?? 'no subsystem'})`;
  return {time, cause: {id: `uevent-${seqnum ?? 'none'}`, type: 'uevent', time, summary}};
}

/** By rtnetlink. */
export function causeOfLink(link: LinkFact, clock: Clock): DeviceCause {
  const time = clock.iso();
  const {ifindex, name, isUp, hasCarrier} = link;
  const summary = `${name} ${isUp ? 'up' : 'down'}, ${hasCarrier ? 'carrier' : 'no carrier'}`;
  return {time, cause: {id: `link-${ifindex}`, type: 'link', time, summary}};
}

/** By comparing with the kernel. */
export function causeOfResync({cause}: Resync, clock: Clock): DeviceCause {
  const time = clock.iso();
  return {
    time,
    cause: {id: `enumeration-${cause}`, type: 'enumeration', time, summary: `enumerated: ${cause}`},
  };
}
