import type {EventReader} from '#contracts/event-store.ts';
import type {EventReference} from '#domain/command.ts';
import type {Recorded} from '#domain/envelope.ts';

/** A stored event; undefined where there is none that this build can read. */
export async function readEvent(
  store: Pick<EventReader, 'readAll' | 'readAggregate'>,
  reference: EventReference,
  signal: AbortSignal,
): Promise<Recorded | undefined> {
  if ('sequence' in reference) {
    const {sequence} = reference;
    for await (const message of store.readAll({from: sequence, signal})) {
      return message.sequence === sequence && message.kind === 'event'
        ? {sequence, event: message.event}
        : undefined;
    }
    return undefined;
  }
  let newest: Recorded | undefined;
  for await (const message of store.readAggregate(reference.aggregate, reference.id, signal)) {
    if (message.kind === 'event' && message.sequence > reference.after) {
      newest = {sequence: message.sequence, event: message.event};
    }
  }
  return newest;
}
