import {liveSource} from '#store/cell-source.ts';
import type {ContainerRow} from '#store/containers.ts';

import type {Column} from '../../components/table.ts';
import type {Tone} from '../../theme/paint.ts';
import {ageText, shortDateText} from '../../words/times.ts';

/** What a container's cells need beside its row. */
export interface ContainerContext {
  readonly now: number;
  readonly dates: 'usual' | 'other';
}

const STATE_TONES: Readonly<Record<ContainerRow['state'], Tone>> = {
  opening: 'warning',
  running: 'good',
  closing: 'warning',
};

/** Every cell of a container is read live. */
const source = liveSource('container');

/** The table of containers; with one cell for the cursor before it, 79 wide at 80 columns. */
export const CONTAINER_COLUMNS: readonly Column<ContainerRow, ContainerContext>[] = [
  {
    id: 'name',
    title: 'NAME',
    text: ({name}) => name,
    source,
    width: 14,
    grow: 1,
    cut: 'middle',
    tone: () => 'strong',
  },
  {
    id: 'state',
    title: 'STATE',
    text: ({state}) => state,
    source,
    width: 7,
    grow: 0,
    tone: ({state}) => STATE_TONES[state],
  },
  {
    id: 'unit',
    title: 'UNIT',
    text: ({unit}) => unit ?? '-',
    source,
    width: 24,
    grow: 3,
    cut: 'middle',
  },
  {id: 'address', title: 'ADDRESS', text: addressCell, source, width: 15, grow: 2, cut: 'middle'},
  {
    id: 'leader',
    title: 'LEADER',
    text: ({leader}) => (leader === null ? '-' : String(leader)),
    source,
    width: 7,
    grow: 0,
  },
  {
    id: 'since',
    title: 'SINCE',
    text({since}, {now, dates}) {
      const at = Date.parse(since);
      return dates === 'usual' ? ageText(now, at) : shortDateText(now, at);
    },
    source,
    width: 5,
    grow: 0,
    order: ({since}) => since,
  },
];

/** The words a filter searches: every column, and what stands behind it. */
export const containerFields = (
  row: ContainerRow,
  context: ContainerContext,
): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(CONTAINER_COLUMNS.map(({id, text}) => [id, text(row, context)])),
  class: row.class,
  service: row.service ?? '',
  root: row.rootDirectory ?? '',
  addresses: row.addresses.join(' '),
});

function addressCell({address, network}: ContainerRow): string {
  return address ?? (network === 'host' ? "(the host's)" : '-');
}
