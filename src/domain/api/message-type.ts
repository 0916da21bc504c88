import type {z} from 'zod';

import type {CommandDescriptor} from '../command.ts';

/** What a message is for; `rows` and `answer` are replies. */
export type MessageKind = 'event' | 'command' | 'answer' | 'query' | 'rows' | 'live' | 'state';

/** One kind of message on the wire, with all that is published of it. */
export interface MessageType {
  readonly kind: MessageKind;
  /** `cim.port.labelled.v1`, `command.port.label`, `rows.port.list`, `live.user`, `state.port`. */
  readonly name: string;
  /** Which page of the documentation has it. */
  readonly page: string;
  readonly summary: string;
  /** Subject with its parameters in braces; null: the inbox that the request names. */
  readonly address: string | null;
  readonly contentType: string;
  /** The whole body. */
  readonly body: z.ZodType;
  /** What its schema's URI stands for: the data of an event, the body of all others. */
  readonly schema: z.ZodType;
  readonly headers: z.ZodType | null;
  /** Bodies; each fits `body`. */
  readonly examples: readonly MessageExample[];
  /** Name of the type that answers it. */
  readonly reply: string | null;
  /** Of a command. */
  readonly command: CommandDescriptor | null;
}

export interface MessageExample {
  readonly name: string;
  readonly body: unknown;
}

/** Of which parts a subject of a message can be made, in the order of its tokens. */
export const parametersOf = (address: string): readonly string[] => [
  ...new Set(Array.from(address.matchAll(/\{([a-zA-Z]+)\}/g), ([, name = '']) => name)),
];

/** Words as a sentence: a capital first, a full stop last. */
export const sentenceOf = (words = ''): string =>
  `${words.charAt(0).toUpperCase()}${words.slice(1)}${words.endsWith('.') ? '' : '.'}`;

/** Name of the parameter for the id of an aggregate in a subject. */
export const idParameter = (aggregate: string): string => `${aggregate}Id`;
