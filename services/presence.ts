import type {Bus} from '#contracts/bus.ts';
import type {Clock} from '#contracts/clock.ts';
import type {Codec} from '#contracts/codec.ts';
import {QueryRequest} from '#domain/query.ts';

export interface PresenceOptions {
  readonly leafId: string;
  readonly bus: Bus;
  readonly codec: Codec;
  readonly clock: Clock;
}

/** Who is there: consoles say hello every 10 s, everyone else is noticed by what they ask. */
export interface Presence {
  /** Somebody asked something. */
  asked(): void;
  /** Monotonic milliseconds at which somebody last did. */
  lastAsked(): number;
  stop(): void;
}

/** A console that has not said hello for this long is gone. */
const GONE_AFTER_MS = 25_000;

/** Answers `queries.agent.hello` with the number of consoles that are there. */
export function startPresence({leafId, bus, codec, clock}: PresenceOptions): Presence {
  const consoles = new Map<string, number>();
  let lastMs = clock.monotonicMs();
  const asked = (): void => {
    lastMs = clock.monotonicMs();
  };
  const hello = bus.respond(`cim.${leafId}.queries.agent.hello`, async ({body}) => {
    asked();
    const request = QueryRequest.safeParse(body.length === 0 ? {} : codec.decode(body));
    if (request.success && request.data.target !== undefined) {
      consoles.set(request.data.target, lastMs);
    }
    for (const [id, seenMs] of consoles) {
      if (lastMs - seenMs > GONE_AFTER_MS) {
        consoles.delete(id);
      }
    }
    return {body: codec.encode({sequence: 0, rows: [{consoles: consoles.size}]})};
  });
  return {asked, lastAsked: () => lastMs, stop: () => hello.stop()};
}
