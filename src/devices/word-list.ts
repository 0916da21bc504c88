// Made by `npm run classes` from the folders here.
import type {FoundFunction} from './classify.ts';
import {describeGpio} from './gpio/describe.ts';
import {describeI2c} from './i2c/describe.ts';
import {describeInput} from './input/describe.ts';
import {describeNetwork} from './network/describe.ts';
import {describeOther} from './other/describe.ts';
import {describeSensor} from './sensor/describe.ts';
import {describeSerial} from './serial/describe.ts';
import {describeStorage} from './storage/describe.ts';
import {describeUsb} from './usb/describe.ts';

/** Classes whose words need code. */
export const DESCRIBERS: Readonly<Record<string, (found: FoundFunction) => string>> = {
  gpio: describeGpio,
  i2c: describeI2c,
  input: describeInput,
  network: describeNetwork,
  other: describeOther,
  sensor: describeSensor,
  serial: describeSerial,
  storage: describeStorage,
  usb: describeUsb,
};
