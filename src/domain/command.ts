import {z} from 'zod';

import {describe} from './describe.ts';
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
  /** Typed digits are a number in the request. */
  readonly isNumber?: boolean;
}

export interface CliFlag extends CliWord {
  /** A flag without a value sets this; one with a value has none. */
  readonly sets?: unknown;
}

/** What a job is like: a command that takes longer than a second. */
export interface JobDescriptor {
  /** What its progress counts, one of them: `event`. */
  readonly unit: string;
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
  /**
   * What a restart in the middle does. A job goes on by itself, has failed, or asks whether to go
   * on; what is decided and stored in one step has only `fail`: it was done, or not at all.
   */
  readonly restart: 'resume' | 'fail' | 'ask';
  /** It is accepted at once, tells how far it is, and ends with an event. */
  readonly job?: JobDescriptor;
  /** Field of the data that has it tried first: with it the command is grave. */
  readonly tried?: string;
  /** It is wanted once it is stored, and its outcome is an event of the same aggregate. */
  readonly hasOutcome?: boolean;
  readonly words: readonly CliWord[];
  readonly flags: readonly CliFlag[];
}

/** How grave a command is with its data: what is tried has something at stake. */
export const dangerOf = (
  {danger, tried}: Pick<CommandDescriptor, 'danger' | 'tried'>,
  data: Readonly<Record<string, unknown>>,
): Danger => (tried !== undefined && typeof data[tried] === 'number' ? 'grave' : danger);

/** Where a wish came from, as the client claims. */
export const Origin = describe(
  z.object({
    kind: z.enum(['tty', 'ssh', 'program']).optional(),
    tty: describe(z.string().max(64).optional(), 'e.g. "pts/3"'),
    uid: describe(z.string().max(16).optional(), 'numeric user id'),
    address: describe(z.string().max(64).optional(), 'of the ssh client'),
    key: describe(z.string().max(128).optional(), 'fingerprint of the ssh key'),
  }),
  {id: 'Origin', description: 'where a wish came from, as the client claims'},
);
export type Origin = z.infer<typeof Origin>;

/** Body of a command request: WIRE.md, Command. */
export const CommandRequest = z.object({
  id: describe(MessageId.optional(), 'sent again, it gets its first answer; left out: made'),
  target: describe(z.string().max(256), 'id or exact label of what it is about'),
  seen: describe(
    z.number().int().nonnegative().optional(),
    'sequence of the picture looked at: what was changed later is refused',
  ),
  channel: describe(
    Channel.exclude(['system']).optional(),
    'how the wish comes in; left out: nats',
  ),
  origin: Origin.optional(),
  data: z.record(z.string(), z.unknown()).default({}),
});
export type CommandRequest = z.infer<typeof CommandRequest>;

/** Answer to a command: accepted with its events, or refused with a typed code. */
export const Answer = describe(
  z.discriminatedUnion('ok', [
    describe(
      z.object({
        ok: z.literal(true),
        id: describe(z.string(), 'of the command'),
        events: describe(z.array(z.string()), 'ids of what was stored'),
        sequence: describe(z.number().int().nonnegative(), 'of the last of them'),
        would: describe(
          z
            .array(
              z.object({
                type: z.string(),
                subject: z.string(),
                data: z.record(z.string(), z.unknown()),
              }),
            )
            .optional(),
          'what a dry run would have stored',
        ),
      }),
      'accepted',
    ),
    describe(
      z.object({
        ok: z.literal(false),
        id: describe(z.string(), 'of the command; empty: of a query'),
        code: describe(z.string(), 'which refusal, e.g. "label-taken"'),
        message: describe(z.string(), 'one sentence for people'),
        remedy: describe(z.string(), 'one thing to do next'),
      }),
      'refused: nothing was stored',
    ),
  ]),
  'accepted with its events, or refused with a typed code',
);
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
