import {setImmediate} from 'node:timers/promises';

import type {Verified, VerifyOptions} from '#contracts/event-store.ts';
import {createChainCheck, type KnownHead} from '#domain/chain-check.ts';
import type {Sha256} from '#domain/digest.ts';
import {CimError} from '#domain/errors.ts';
import type {NatsLink} from './link.ts';
import {readInOrder} from './ordered-read.ts';
import {lastSequenceOf, readToEnd} from './read-to-end.ts';

/** A stream, and how its digest chain begins and where its writer stands. */
export interface WrittenChain {
  readonly stream: string;
  readonly sha256: Sha256;
  readonly seed: Uint8Array;
  readonly head: KnownHead;
}

/** Messages between two turns of the event loop: some 2 ms of it. */
const SLICE = 250;

const encoder = new TextEncoder();

/** Walks the whole chain up to the stream's present end. @throws CimError as `readToEnd` */
export async function verifyChain(
  link: NatsLink,
  {stream, sha256, seed, head}: WrittenChain,
  {signal, onProgress}: VerifyOptions,
): Promise<Verified> {
  const events = await lastSequenceOf(link, stream, signal);
  const check = createChainCheck(sha256, seed, head);
  let done = 0;
  for await (const portion of readToEnd(link, readInOrder, {stream, from: 1, signal})) {
    for (let from = 0; from < portion.length; from += SLICE) {
      for (const {subject, messageId, body, previous, sequence} of portion.slice(
        from,
        from + SLICE,
      )) {
        if (sequence <= events) {
          check.next({
            sequence,
            previous,
            subject: encoder.encode(subject),
            messageId: encoder.encode(messageId),
            body,
          });
          done = sequence;
        }
      }
      onProgress(done, events);
      await setImmediate();
      if (signal.aborted) {
        const doing = `verify ${stream}: given up at ${done} of ${events}`;
        throw new CimError('time-is-up', doing, {cause: signal.reason});
      }
    }
  }
  return {events, wrong: check.wrong()};
}
