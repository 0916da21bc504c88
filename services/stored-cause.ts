import type {Provenance} from '#domain/envelope.ts';

import type {Outcome} from './decide.ts';

/** A stored event that others follow from: docs/decisions/0031. */
export interface StoredCause {
  readonly sequence: number;
  readonly id: string;
  readonly correlationid: string;
}

/** What the envelopes of those that follow say of it. */
export const causedBy = (cause: StoredCause | undefined): Partial<Provenance> =>
  cause === undefined
    ? {}
    : {
        correlationid: cause.correlationid,
        causationid: cause.id,
        causationsequence: String(cause.sequence),
      };

/** The last event of an outcome as the cause of others; undefined: nothing was stored. */
export function causeFrom(
  outcome: Outcome,
  earlier: StoredCause | undefined,
): StoredCause | undefined {
  const id = outcome.kind === 'stored' ? outcome.events.at(-1) : undefined;
  return outcome.kind === 'stored' && id !== undefined
    ? {sequence: outcome.sequence, id, correlationid: earlier?.correlationid ?? id}
    : undefined;
}
