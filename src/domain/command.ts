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
export const Origin = z
  .object({
    kind: z.enum(['tty', 'ssh', 'program']).optional(),
    tty: z.string().max(64).optional().describe('e.g. "pts/3"'),
    uid: z.string().max(16).optional().describe('numeric user id'),
    address: z.string().max(64).optional().describe('of the ssh client'),
    key: z.string().max(128).optional().describe('fingerprint of the ssh key'),
  })
  .meta({id: 'Origin', description: 'where a wish came from, as the client claims'});
export type Origin = z.infer<typeof Origin>;

/** Body of a command request: WIRE.md, Command. */
export const CommandRequest = z.object({
  id: MessageId.optional().describe('sent again, it gets its first answer; left out: made'),
  target: z.string().max(256).describe('id or exact label of what it is about'),
  seen: z
    .number()
    .int()
    .nonnegative()
    .optional()
    .describe('sequence of the picture looked at: what was changed later is refused'),
  channel: Channel.exclude(['system']).optional().describe('how the wish comes in; left out: nats'),
  origin: Origin.optional(),
  data: z.record(z.string(), z.unknown()).default({}),
});
export type CommandRequest = z.infer<typeof CommandRequest>;

/** Answer to a command: accepted with its events, or refused with a typed code. */
export const Answer = z
  .discriminatedUnion('ok', [
    z
      .object({
        ok: z.literal(true),
        id: z.string().describe('of the command'),
        events: z.array(z.string()).describe('ids of what was stored'),
        sequence: z.number().int().nonnegative().describe('of the last of them'),
        would: z
          .array(
            z.object({
              type: z.string(),
              subject: z.string(),
              data: z.record(z.string(), z.unknown()),
            }),
          )
          .optional()
          .describe('what a dry run would have stored'),
      })
      .describe('accepted'),
    z
      .object({
        ok: z.literal(false),
        id: z.string().describe('of the command; empty: of a query'),
        code: z.string().describe('which refusal, e.g. "label-taken"'),
        message: z.string().describe('one sentence for people'),
        remedy: z.string().describe('one thing to do next'),
      })
      .describe('refused: nothing was stored'),
  ])
  .describe('accepted with its events, or refused with a typed code');
export type Answer = z.infer<typeof Answer>;

/** Why a command was refused: a value, never thrown. */
export interface Refusal {
  readonly refused: ErrorCode;
  /** What was seen, put behind the sentence of the code. */
  readonly detail?: string;
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
