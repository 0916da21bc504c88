import type {PortDescription} from './events.ts';

/** What decides whether a list shows a port unasked. */
export interface PortToShow extends Pick<PortDescription, 'class' | 'kind' | 'state'> {
  readonly label: string | null;
  readonly role: string | null;
}

/**
 * True for what lists leave out unless asked for all: built-in and virtual ports that are no
 * input or output of any class known, unless they bear a label or a role, or something is wrong.
 */
export const isHiddenByDefault = (port: PortToShow): boolean =>
  port.kind !== 'socket' &&
  port.class === 'other' &&
  port.label === null &&
  port.role === null &&
  (port.state === 'present' || port.state === 'absent');
