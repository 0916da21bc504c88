import type {EventReader} from '#contracts/event-store.ts';
import type {EventReference} from '#domain/command.ts';
import type {Recorded} from '#domain/envelope.ts';

/** A stored event; undefined where there is none that this build can read. */
export async function readEvent(
  store: Pick<EventReader, 'read' | 'readNewest'>,
  reference: EventReference,
  signal: AbortSignal,
): Promise<Recorded | undefined> {
  const message =
    'sequence' in reference
      ? await store.read(reference.sequence, signal)
      : await store.readNewest(reference.aggregate, reference.id, signal);
  const isWanted =
    message?.kind === 'event' && ('sequence' in reference || message.sequence > reference.after);
  return isWanted ? {sequence: message.sequence, event: message.event} : undefined;
}
