import {z} from 'zod';

import type {Bus, BusSubscription} from '#contracts/bus.ts';
import {directGetSubject} from '#domain/message.ts';
import type {MemoryStream} from './event-stream.ts';

export interface DirectGetOptions {
  readonly leafId: string;
  readonly bus: Bus;
  readonly stream: MemoryStream;
}

const Wanted = z.object({seq: z.number().int().positive()});
const NOTHING = {body: new Uint8Array()};
const decoder = new TextDecoder();

/** Answers as a NATS server does whom a client asks for one message of a stream by its sequence. */
export const answerDirectGets = ({leafId, bus, stream}: DirectGetOptions): BusSubscription =>
  bus.respond(directGetSubject(leafId), async ({body}) => {
    const wanted = Wanted.safeParse(JSON.parse(decoder.decode(body)));
    const message = wanted.success ? stream.at(wanted.data.seq) : undefined;
    if (message === undefined) {
      return NOTHING;
    }
    const {sequence, subject, headers} = message;
    return {
      body: message.body,
      headers: {...headers, 'Nats-Sequence': String(sequence), 'Nats-Subject': subject},
    };
  });
