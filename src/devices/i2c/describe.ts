import type {FoundFunction} from '../classify.ts';

/** "I²C bus, SMBus I801 adapter at efa0": as the adapter calls itself. */
export function describeI2c({anchor}: FoundFunction): string {
  const {name} = anchor.attributes;
  return name === undefined ? 'I²C bus' : `I²C bus, ${name}`;
}
