import type {Log} from '#contracts/log.ts';
import type {EventReference, Refusal} from '#domain/command.ts';
import type {Recorded} from '#domain/envelope.ts';
import {describeMessage} from '#domain/event/words.ts';
import {namesOf} from '#projections/names.ts';

import type {Journal} from './journal.ts';

export interface ExplainOptions {
  readonly journal: Pick<Journal, 'inventory'>;
  readonly readEvent: (reference: EventReference) => Promise<Recorded | undefined>;
  readonly log: Log;
}

/** The refusal with the event that stands in the way told behind it: its actor, time and words. */
export async function explainRefusal(refusal: Refusal, options: ExplainOptions): Promise<Refusal> {
  const {refused, detail, by} = refusal;
  if (by === undefined) {
    return refusal;
  }
  const found = await readQuietly(by, options);
  const known = 'sequence' in by ? `event ${by.sequence}` : undefined;
  const told = found === undefined ? known : wordsOf(found, options.journal);
  const parts = [detail, told].filter((part) => part !== undefined);
  return {refused, ...(parts.length === 0 ? {} : {detail: parts.join(' by ')})};
}

/** A refusal stands, also when the store cannot say more of it. */
async function readQuietly(
  reference: EventReference,
  {readEvent, log}: ExplainOptions,
): Promise<Recorded | undefined> {
  try {
    return await readEvent(reference);
  } catch (error) {
    log.error('read the event that stands in the way of a wish', error);
    return undefined;
  }
}

/** `event 57 of ben (console), 2026-11-23T13:32:02.000Z: USB 3 labelled "A" → "B"`. */
function wordsOf({sequence, event}: Recorded, journal: ExplainOptions['journal']): string {
  const names = namesOf(journal.inventory());
  const {object, what, detail, who, by} = describeMessage({kind: 'event', sequence, event}, names);
  return `event ${sequence} of ${who} (${by}), ${event.time}: ${object} ${what} ${detail}`;
}
