import type {PortRowText} from './rows.ts';

/** What is in a port. */
export function deviceText({device, state}: PortRowText): string {
  if (device === null) {
    return state === 'present' ? '(connected)' : '(empty)';
  }
  return `${device.name}${device.ambiguous ? ' (ambiguous)' : ''}`;
}

/** The classes of what is plugged in; of a port without a unit what it is made for. */
export function classText(row: PortRowText): string {
  const classes = functionClasses(row);
  return classes.length === 0 ? row.class : classes.join('+');
}

/** True for what the port is made for, and for what is plugged in. */
export const isOfClass = (row: PortRowText, name: unknown): boolean =>
  row.class === name || functionClasses(row).some((each) => each === name);

const functionClasses = ({device}: PortRowText): readonly string[] => [
  ...new Set(device?.functions?.map((item) => item.class)),
];

/** Every role that leads here. */
export const rolesText = ({role, roles}: PortRowText): string =>
  roles === undefined || roles.length === 0 ? (role ?? '-') : roles.join('+');

/** A port in one line: its state, its link, what is in it. */
export const describePort = (row: PortRowText): string =>
  `${row.state}${row.link === null ? '' : `, link ${row.link}`}, ${deviceText(row)}`;
