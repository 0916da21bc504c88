import type {FoundFunction} from '../classify.ts';

// include/uapi/linux/serial_core.h, PORT_*
const CHIPS: Readonly<Record<string, string>> = {
  '1': '8250',
  '2': '16450',
  '3': '16550',
  '4': '16550A',
  '6': '16650',
  '7': '16650V2',
  '8': '16750',
};

/** "16550A" for a UART, "serial port" elsewhere. */
export const describeSerial = ({anchor}: FoundFunction): string =>
  CHIPS[anchor.attributes.type ?? ''] ?? 'serial port';
