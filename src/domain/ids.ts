import {z} from 'zod';

import {describe} from './describe.ts';

/** Leaf id: one subject token, fixed at first start. Example: `7fq2k13`. */
export const LeafId = describe(z.string().regex(/^[a-z0-9-]{1,32}$/), {
  id: 'LeafId',
  description: 'id of the leaf, fixed at its first start',
}).brand('LeafId');
export type LeafId = z.infer<typeof LeafId>;

/** Port id: readable slug, fixed in the port's first event. Example: `usb-14-0-1-3`. */
export const PortId = describe(z.string().regex(/^[a-z0-9-]{1,40}$/), {
  id: 'PortId',
  description: 'id of a port, fixed in its first event',
}).brand('PortId');
export type PortId = z.infer<typeof PortId>;

/** Device id: `d-` and ten base32 letters, fixed in `device.added`. Example: `d-k3v7qpa2mz`. */
export const DeviceId = describe(z.string().regex(/^d-[a-z2-7]{10}$/), {
  id: 'DeviceId',
  description: 'id of a unit, fixed when it was first seen',
}).brand('DeviceId');
export type DeviceId = z.infer<typeof DeviceId>;

/** Role id: its name. Example: `scale`. */
export const RoleId = describe(
  z
    .string()
    .regex(
      /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/,
      'lower-case letters, digits and - only, 1 to 40',
    ),
  {id: 'RoleId', description: 'id of a role: its name'},
).brand('RoleId');
export type RoleId = z.infer<typeof RoleId>;

/** Id of a message (event, command): UUID, version 7 when made here. */
export const MessageId = describe(z.uuid(), {
  id: 'MessageId',
  description: 'UUID of a message, version 7 when made by us',
}).brand('MessageId');
export type MessageId = z.infer<typeof MessageId>;

/** True when a text can be the id of a message. */
export const isMessageId = (text: string): text is MessageId => MessageId.safeParse(text).success;

const PLAIN = /^[A-Za-z0-9_-]$/;
const ALL_PLAIN = /^[A-Za-z0-9_-]+$/;
const ESCAPE = '=';

/**
 * Any id as one NATS subject token: letters, digits, `_` and `-` stay, every other
 * UTF-16 unit becomes `=hhhh`; the empty id is a lone `=`. Undone by `idFromToken`.
 */
export function tokenFromId(id: string): string {
  if (id === '') {
    return ESCAPE;
  }
  if (ALL_PLAIN.test(id)) {
    return id;
  }
  return Array.from({length: id.length}, (_, index) => {
    const unit = id.charAt(index);
    return PLAIN.test(unit) ? unit : `${ESCAPE}${hex4(id.charCodeAt(index))}`;
  }).join('');
}

/** The id behind a subject token, or undefined when `tokenFromId` cannot have made it. */
export function idFromToken(token: string): string | undefined {
  if (token === ESCAPE) {
    return '';
  }
  const id = token.replace(/=([0-9a-f]{4})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
  return tokenFromId(id) === token ? id : undefined;
}

const hex4 = (code: number): string => code.toString(16).padStart(4, '0');
