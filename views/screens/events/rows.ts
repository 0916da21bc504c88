import {matchesFilter, parseFilter} from '#domain/filter.ts';
import {keepLast} from '#store/memo.ts';
import type {ReadState} from '#store/read-store.ts';
import type {EventRow, Selectors} from '#store/selectors.ts';
import type {EventKinds, UiState} from '#store/ui-store.ts';

/** The events on screen, oldest first. */
export interface EventList {
  readonly rows: readonly EventRow[];
  /** How many the console keeps. */
  readonly total: number;
}

/** The round that `f` makes. */
export const EVENT_KINDS: readonly EventKinds[] = [
  'plugs+wishes',
  'all',
  'plugs',
  'wishes',
  'leaf',
];

/** True when the list of these kinds shows the event. */
export function isOfKinds({words: {kind}}: EventRow, kinds: EventKinds): boolean {
  switch (kinds) {
    case 'all':
      return true;
    case 'plugs+wishes':
      return kind === 'plug' || kind === 'wish';
    case 'plugs':
      return kind === 'plug';
    case 'wishes':
      return kind === 'wish';
    case 'leaf':
      return kind === 'leaf';
  }
}

/** The words a filter searches. */
export const eventFields = ({
  sequence,
  message,
  words,
}: EventRow): Readonly<Record<string, string>> => ({
  seq: String(sequence),
  object: words.object,
  what: words.what,
  detail: words.detail,
  who: words.who,
  by: words.by,
  type: message.kind === 'event' ? message.event.type : message.kind,
  id: message.kind === 'event' ? message.event.subject : '',
});

/** A selector with a memory of its own. */
export function createEventListSelector(
  selectors: Selectors,
): (read: ReadState, ui: UiState) => EventList {
  const select = keepLast(
    (rows: readonly EventRow[], kinds: EventKinds, text: string): EventList => {
      const filter = parseFilter(text);
      const found = rows.filter(
        (row) => isOfKinds(row, kinds) && (text === '' || matchesFilter(filter, eventFields(row))),
      );
      return {rows: found, total: rows.length};
    },
  );
  return ({history, inventory}, {frozenHistory, eventKinds, lists}) =>
    select(
      selectors.eventRows(frozenHistory ?? history, inventory),
      eventKinds,
      lists.events.filter,
    );
}
