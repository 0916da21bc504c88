import {readFile} from 'node:fs/promises';

import {connect, credsAuthenticator, type NatsConnection} from '@nats-io/transport-node';
import {z} from 'zod';

import type {LeafHome} from './stage.ts';

/** What `cim-tui connect --json` says. */
export const Access = z.object({
  leaf: z.string(),
  url: z.string(),
  creds: z.string(),
  actor: z.string(),
});
export type Access = z.infer<typeof Access>;

/** The answer to a wish, as it comes back. */
export interface PlainAnswer {
  readonly body: Readonly<Record<string, unknown>>;
  /** `Nats-Service-Error` and `Nats-Service-Error-Code`, empty when it was done. */
  readonly error: string;
  readonly code: string;
}

/** A program that knows nothing of us but what `cim-tui connect --json` says. */
export interface PlainProgram {
  wish(aggregate: string, verb: string, request: object): Promise<PlainAnswer>;
  close(): Promise<void>;
}

const ANSWER_LIMIT_MS = 5000;

/** Connects as a program would. */
export async function connectPlainly(leaf: LeafHome): Promise<PlainProgram> {
  const [row] = await leaf.json('connect');
  return connectBy(Access.parse(row), ANSWER_LIMIT_MS);
}

/** The same to any leaf whose credentials lie here. */
export async function connectBy(access: Access, timeoutMs: number): Promise<PlainProgram> {
  const {leaf: id, url, creds, actor} = access;
  const connection: NatsConnection = await connect({
    servers: url,
    authenticator: credsAuthenticator(await readFile(creds)),
    inboxPrefix: `_INBOX.${actor}`,
  });
  return {
    async wish(aggregate, verb, request) {
      const subject = `cim.${id}.commands.${actor}.${aggregate}.${verb}`;
      const reply = await connection.request(subject, JSON.stringify(request), {
        timeout: timeoutMs,
      });
      return {
        body: reply.json(),
        error: reply.headers?.get('Nats-Service-Error') ?? '',
        code: reply.headers?.get('Nats-Service-Error-Code') ?? '',
      };
    },
    close: () => connection.close(),
  };
}
