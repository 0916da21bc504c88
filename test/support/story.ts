import {MESSAGE_TYPES} from '#domain/api/message-types.ts';
import {partsOfType} from '#domain/catalogue.ts';
import type {Envelope} from '#domain/envelope.ts';
import {Envelope as EnvelopeSchema} from '#domain/envelope.ts';
import {eventSubject, readMessage, type StoredMessage} from '#domain/message.ts';
import {LEAF} from '#domain/story.ts';
import {evolveInventory, type Inventory, initialInventory} from '#projections/inventory.ts';

/** The events among the examples, as the stream would hold them, in order. */
export const STORY: readonly StoredMessage[] = MESSAGE_TYPES.filter(({kind}) => kind === 'event')
  .flatMap(({examples}) => examples.map(({body}) => EnvelopeSchema.parse(body)))
  .map((envelope) =>
    readMessage(sequenceOf(envelope), subjectOf(envelope), JSON.stringify(envelope)),
  )
  .sort((a, b) => a.sequence - b.sequence);

/** What the leaf knows after the events of the story up to a sequence. */
export const storyUpTo = (sequence: number): Inventory =>
  STORY.filter((message) => message.sequence <= sequence).reduce(
    (inventory, message) => evolveInventory(inventory, message),
    initialInventory,
  );

/** The last part of an example's id is its place in the story. */
function sequenceOf({id}: Envelope): number {
  return Number(id.slice(-12));
}

function subjectOf({type, subject}: Envelope): string {
  return partsOfType(type) === undefined ? '' : eventSubject(LEAF, type, subject);
}
