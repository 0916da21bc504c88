import type {FoundFunction} from './classify.ts';
import {describeInput} from './input/describe.ts';
import {describeNetwork} from './network/describe.ts';
import {describeOther} from './other/describe.ts';
import {describeSerial} from './serial/describe.ts';
import {describeStorage} from './storage/describe.ts';
import {describeUsb} from './usb/describe.ts';

type Describe = (found: FoundFunction) => string;

/** Classes whose words need code; all others use the words of their class.json. */
const DESCRIBERS: Readonly<Record<string, Describe>> = {
  input: describeInput,
  network: describeNetwork,
  other: describeOther,
  serial: describeSerial,
  storage: describeStorage,
  usb: describeUsb,
};

/** A function in a few words, e.g. "Ethernet" or "32 GB disk". */
export const describeFunction = (found: FoundFunction): string =>
  DESCRIBERS[found.class.name]?.(found) ?? found.class.plugged;
