import type {PortRow} from '#store/ports.ts';

import type {Column} from '../../components/table.ts';
import type {Tone} from '../../theme/paint.ts';
import {
  type CellContext,
  classCell,
  deviceCell,
  directionCell,
  flagsCell,
  isLit,
  portCell,
  roleCell,
  signCell,
  sinceCell,
  userCell,
} from './cells.ts';

const SIGN_TONES: Readonly<Record<string, Tone>> = {
  '!': 'fault',
  x: 'warning',
  '*': 'warning',
  '?': 'warning',
  '-': 'quiet',
  '+': 'good',
};

/** Tone of a port's sign and name. */
export const signTone = (row: PortRow, context: CellContext): Tone =>
  isLit(row, context) ? 'title' : (SIGN_TONES[signCell(row, context)] ?? 'plain');

const quietWhenEmpty = (row: PortRow): Tone => (row.state === 'absent' ? 'quiet' : 'plain');

/** The table of ports; with three cells for cursor and sign before it, 80 wide at 80 columns. */
export const PORT_COLUMNS: readonly Column<PortRow, CellContext>[] = [
  {id: 'port', title: 'PORT', text: portCell, width: 11, grow: 1, cut: 'middle', tone: signTone},
  {id: 'flags', title: '^#', text: flagsCell, width: 2, grow: 0, tone: () => 'warning'},
  {id: 'class', title: 'CLASS', text: classCell, width: 7, grow: 0, tone: quietWhenEmpty},
  {id: 'io', title: 'IO', text: directionCell, width: 4, grow: 0, tone: quietWhenEmpty},
  {
    id: 'device',
    title: 'DEVICE',
    text: deviceCell,
    width: 16,
    grow: 3,
    // Its end is the serial or the speed: what tells two alike apart.
    cut: 'middle',
    tone: quietWhenEmpty,
  },
  {id: 'role', title: 'ROLE', text: roleCell, width: 13, grow: 1},
  {id: 'user', title: 'USED BY', text: userCell, width: 12, grow: 1},
  {
    id: 'since',
    title: 'SINCE',
    text: sinceCell,
    width: 5,
    grow: 0,
    order: ({sequence}) => String(sequence),
  },
];

/** The words a filter searches: every column, and what stands behind it. */
export const portFields = (
  row: PortRow,
  context: CellContext,
): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(PORT_COLUMNS.map(({id, text}) => [id, text(row, context)])),
  id: row.id,
  name: row.name,
  state: row.state,
  kind: row.kind,
  position: row.position,
  node: row.device?.nodes.join(' ') ?? '',
  serial: row.device?.serial ?? '',
});
