import type {ContainerLimit} from '#domain/container/container.ts';
import {isCimError} from '#domain/errors.ts';
import {answeredError} from './system-bus.ts';

/** Nobody on the bus bears the name that was called. */
export const isUnowned = (error: unknown): boolean =>
  /\.(NameHasNoOwner|ServiceUnknown)$/.test(answeredError(error) ?? '');

/** What an error means for whoever wants to see containers. */
export function limitOf(error: unknown): ContainerLimit {
  const detail = error instanceof Error ? error.message : String(error);
  if (isCimError(error, 'no-system-bus')) {
    return {refused: 'no-system-bus', detail};
  }
  return {refused: isUnowned(error) ? 'no-machined' : 'machined-failed', detail};
}
