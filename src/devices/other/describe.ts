import type {FoundFunction} from '../classify.ts';

// https://www.usb.org/defined-class-codes
const USB_CLASSES: Readonly<Record<string, string>> = {
  '01': 'audio',
  '02': 'communication',
  '03': 'HID',
  '06': 'still image',
  '07': 'printer',
  '08': 'storage without driver',
  '0a': 'communication data',
  '0b': 'chip card reader',
  '0d': 'content security',
  '0e': 'video without driver',
  '0f': 'health care',
  '11': 'billboard',
  dc: 'diagnostic',
  e0: 'wireless controller',
  ef: 'miscellaneous',
  fe: 'application specific',
  ff: 'vendor specific',
};

/** What the unit's own class code says, as no driver of ours knows it. */
export function describeOther({anchor}: FoundFunction): string {
  const code = anchor.attributes.bInterfaceClass ?? anchor.attributes.bDeviceClass;
  return USB_CLASSES[code ?? ''] ?? 'unknown';
}
