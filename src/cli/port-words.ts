import type {PortRowText} from './rows.ts';

/** What is in a port. */
export function deviceText({device, state}: PortRowText): string {
  if (device === null) {
    return state === 'present' ? '(connected)' : '(empty)';
  }
  return `${device.name}${device.ambiguous ? ' (ambiguous)' : ''}`;
}

/** A port in one line: its state, its link, what is in it. */
export const describePort = (row: PortRowText): string =>
  `${row.state}${row.link === null ? '' : `, link ${row.link}`}, ${deviceText(row)}`;
