import {
  type CellSource,
  derivedFrom,
  deviceField,
  liveSource,
  portField,
  roleField,
} from '#store/cell-source.ts';
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
  {
    id: 'port',
    title: 'PORT',
    text: portCell,
    source: derivedFrom(portField('label'), portField('name')),
    width: 10,
    grow: 1,
    cut: 'middle',
    tone: signTone,
  },
  {
    id: 'flags',
    title: '@^#',
    text: flagsCell,
    source: derivedFrom(liveSource('user'), portField('deviceId'), portField('parent')),
    width: 3,
    grow: 0,
    tone: () => 'warning',
  },
  {
    id: 'class',
    title: 'CLASS',
    text: classCell,
    source: derivedFrom(deviceField('functions'), portField('class'), portField('kind')),
    width: 7,
    grow: 0,
    tone: quietWhenEmpty,
  },
  {
    id: 'io',
    title: 'IO',
    text: directionCell,
    source: derivedFrom(deviceField('functions'), portField('direction'), portField('kind')),
    width: 4,
    grow: 0,
    tone: quietWhenEmpty,
  },
  {
    id: 'device',
    title: 'DEVICE',
    text: deviceCell,
    source: derivedFrom(
      portField('deviceId'),
      portField('link'),
      portField('speedMbps'),
      deviceField('name'),
      deviceField('model'),
      deviceField('serial'),
    ),
    width: 16,
    grow: 3,
    // Its end is the serial or the speed: what tells two alike apart.
    cut: 'middle',
    tone: quietWhenEmpty,
  },
  {id: 'role', title: 'ROLE', text: roleCell, source: roleField('target'), width: 13, grow: 1},
  {
    id: 'user',
    title: 'USED BY',
    text: userCell,
    source: derivedFrom(liveSource('user'), portField('state'), portField('deviceId')),
    width: 12,
    grow: 1,
  },
  {
    id: 'since',
    title: 'SINCE',
    text: sinceCell,
    source: portField('since'),
    width: 5,
    grow: 0,
    order: ({sequence}) => String(sequence),
  },
];

/** A text about the marked row that stands in no column. */
export interface PortFact {
  readonly title: string;
  text(row: PortRow, context: CellContext): string;
  readonly source: CellSource;
}

/** What stands before the first column: the state's sign. */
export const PORT_SIGN: PortFact = {
  title: 'sign',
  text: signCell,
  source: derivedFrom(portField('state'), deviceField('ambiguous'), portField('since'), {
    kind: 'console',
    text: '* where a wish of this console is not answered yet',
  }),
};

/** What the line below the table says of the marked port, in order. */
export const PORT_FOOT: readonly PortFact[] = [
  {title: 'position', text: ({position}) => position, source: portField('position')},
  {
    title: 'nodes',
    text: ({device}) => device?.nodes.slice(0, 2).join(' ') ?? '',
    source: deviceField('functions'),
  },
  {title: 'ids', text: ({device}) => device?.ids ?? '', source: deviceField('ids')},
  {title: 'driver', text: ({device}) => device?.driver ?? '', source: deviceField('driver')},
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
