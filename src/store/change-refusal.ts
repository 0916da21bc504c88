import type {ErrorCode} from '#domain/errors.ts';

import type {ReadState} from './read-store.ts';

/** Why this console can change nothing now, or null. */
export function changeRefusal({
  isReadonly,
  connection,
  past,
}: Pick<ReadState, 'isReadonly' | 'connection' | 'past'>): ErrorCode | null {
  if (past !== null) {
    return 'console-past';
  }
  if (isReadonly) {
    return 'console-readonly';
  }
  switch (connection.kind) {
    case 'live':
      return null;
    case 'stale':
      return 'console-stale';
    case 'connecting':
      return 'console-connecting';
  }
}
