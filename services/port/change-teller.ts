import type {Fact} from '#domain/catalogue.ts';
import {CimError} from '#domain/errors.ts';
import type {StoredMessage} from '#domain/message.ts';

import type {Journal} from '../journal.ts';
import {causedBy, type StoredCause} from '../stored-cause.ts';

/** Stores what a change of a port came to. */
export interface ChangeTeller {
  /** Remembers the wishes, so that what comes of them names them. */
  heard(message: StoredMessage): void;
  /** @throws CimError of the refusal: it is done anew later */
  store(fact: Fact, requested: number | null): Promise<void>;
}

export function createChangeTeller({
  journal,
}: {
  readonly journal: Pick<Journal, 'submit'>;
}): ChangeTeller {
  const causes = new Map<number, StoredCause>();
  return {
    heard(message) {
      if (message.kind === 'event' && message.event.type === 'cim.port.change-requested.v1') {
        const {sequence, event} = message;
        causes.set(sequence, {sequence, id: event.id, correlationid: event.correlationid});
      }
    },
    async store(fact, requested) {
      const known = requested === null ? undefined : causes.get(requested);
      const sequence = requested === null ? {} : {causationsequence: String(requested)};
      const cause = known === undefined ? sequence : causedBy(known);
      const outcome = await journal.submit(() => [fact], {...cause, channel: 'system'});
      if (outcome.kind === 'refused') {
        throw new CimError(outcome.refused, `store ${fact.type} of ${fact.subject}`);
      }
      const isOnTrial = fact.type === 'cim.port.change-applied.v1' && fact.data.deadline !== null;
      if (requested !== null && !isOnTrial) {
        causes.delete(requested);
      }
    },
  };
}
