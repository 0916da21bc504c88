import {z} from 'zod';

import {Channel} from './envelope.ts';
import {ERROR_TEXTS, type ErrorCode} from './errors.ts';
import {MessageId} from './ids.ts';

/** plain: done at once · asks: a button, default No · grave: the label is typed. */
export type Danger = 'plain' | 'asks' | 'grave';

/** One word or option of a command line, and where its value goes in the request. */
export interface CliWord {
  readonly name: string;
  /** `target`, or a field of `data`. */
  readonly to: string;
  readonly summary: string;
  readonly isOptional?: boolean;
}

export interface CliFlag extends CliWord {
  /** A flag without a value sets this; one with a value has none. */
  readonly sets?: unknown;
}

/** Everything about a command that is data: read by services, client, cli and views alike. */
export interface CommandDescriptor<Schema extends z.ZodType = z.ZodType> {
  readonly aggregate: string;
  readonly verb: string;
  /** Imperative name: `LabelPort`. */
  readonly name: string;
  readonly summary: string;
  readonly schema: Schema;
  readonly danger: Danger;
  /** Name of the command that undoes it, or why there is none. */
  readonly inverse: {readonly command: string} | {readonly none: string};
  /** What a restart in the middle does. */
  readonly restart: 'resume' | 'fail' | 'ask';
  readonly words: readonly CliWord[];
  readonly flags: readonly CliFlag[];
}

/** Where a wish came from, as the client claims. */
export const Origin = z.object({
  kind: z.enum(['tty', 'ssh', 'program']).optional(),
  tty: z.string().max(64).optional(),
  uid: z.string().max(16).optional(),
  address: z.string().max(64).optional(),
  key: z.string().max(128).optional(),
});
export type Origin = z.infer<typeof Origin>;

/** Body of a command request: WIRE.md, Command. */
export const CommandRequest = z.object({
  id: MessageId.optional(),
  target: z.string().max(256),
  seen: z.number().int().nonnegative().optional(),
  channel: Channel.exclude(['system']).optional(),
  origin: Origin.optional(),
  data: z.record(z.string(), z.unknown()).default({}),
});
export type CommandRequest = z.infer<typeof CommandRequest>;

/** Answer to a command: accepted with its events, or refused with a typed code. */
export const Answer = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    id: z.string(),
    events: z.array(z.string()),
    sequence: z.number().int().nonnegative(),
    would: z
      .array(
        z.object({type: z.string(), subject: z.string(), data: z.record(z.string(), z.unknown())}),
      )
      .optional()
      .describe('what a dry run would have stored'),
  }),
  z.object({
    ok: z.literal(false),
    id: z.string(),
    code: z.string(),
    message: z.string(),
    remedy: z.string(),
  }),
]);
export type Answer = z.infer<typeof Answer>;

/** An event by its sequence, or the newest one of an aggregate behind a sequence. */
export type EventReference =
  | {readonly sequence: number}
  | {readonly aggregate: string; readonly id: string; readonly after: number};

/** Why a command was refused: a value, never thrown. */
export interface Refusal {
  readonly refused: ErrorCode;
  /** What was seen, put behind the sentence of the code. */
  readonly detail?: string;
  /** The event that stands in the way: whoever answers puts it into words. */
  readonly by?: EventReference;
}

/** The refusal as an answer. */
export const refusalAnswer = (id: string, {refused, detail}: Refusal): Answer => ({
  ok: false,
  id,
  code: refused,
  message:
    detail === undefined
      ? ERROR_TEXTS[refused].sentence
      : `${ERROR_TEXTS[refused].sentence}: ${detail}`,
  remedy: ERROR_TEXTS[refused].remedy,
});

/** Subject of a command request: the server enforces the actor token. */
export const commandSubject = (
  leafId: string,
  actorToken: string,
  {aggregate, verb}: Pick<CommandDescriptor, 'aggregate' | 'verb'>,
): string => `cim.${leafId}.commands.${actorToken}.${aggregate}.${verb}`;
