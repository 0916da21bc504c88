import type {EventStore} from '#contracts/event-store.ts';
import {createSystemClock} from '#drivers/system/clock.ts';
import {createSystemIds} from '#drivers/system/ids.ts';
import {type Journal, type JournalOptions, openJournal} from '#services/journal.ts';

import {silentLog} from './silent-log.ts';

/** The journal of an agent's life over a store, as the service layer opens it. */
export const openJournalOn = (
  store: EventStore,
  options: Pick<JournalOptions, 'leafId' | 'signal' | 'from' | 'onMilestone'>,
): Promise<Journal> =>
  openJournal({
    ...options,
    bootId: null,
    epoch: 1,
    store,
    clock: createSystemClock(),
    ids: createSystemIds(),
    log: silentLog,
    onApplied: () => undefined,
  });
