import {matchesFilter, parseFilter} from '#domain/filter.ts';
import {keepLast} from '#store/memo.ts';
import type {ReadState, UeventEntry} from '#store/read-store.ts';
import type {UiState} from '#store/ui-store.ts';

/** The records on screen, oldest first. */
export interface UeventList {
  readonly rows: readonly UeventEntry[];
  readonly total: number;
}

/** The words a filter searches: what is on the line, and every property. */
export const ueventFields = ({uevent}: UeventEntry): Readonly<Record<string, string>> => ({
  source: uevent.source,
  action: uevent.action,
  subsystem: uevent.subsystem ?? '-',
  devpath: uevent.devpath,
  seqnum: String(uevent.seqnum ?? '-'),
  properties: Object.entries(uevent.properties)
    .map(([key, value]) => `${key}=${value}`)
    .join(' '),
});

/** A selector with a memory of its own. */
export function createUeventListSelector(): (read: ReadState, ui: UiState) => UeventList {
  const select = keepLast((entries: readonly UeventEntry[], text: string): UeventList => {
    const filter = parseFilter(text);
    const rows =
      text === '' ? entries : entries.filter((entry) => matchesFilter(filter, ueventFields(entry)));
    return {rows, total: entries.length};
  });
  return ({uevents}, {frozenUevents, lists}) => select(frozenUevents ?? uevents, lists.udev.filter);
}
