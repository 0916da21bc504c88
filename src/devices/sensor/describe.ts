import type {FoundFunction} from '../classify.ts';

/** "sensor coretemp": what its chip is called, where the driver tells. */
export function describeSensor({anchor}: FoundFunction): string {
  const {name} = anchor.attributes;
  return name === undefined ? 'sensor' : `sensor ${name}`;
}
