import stringWidth from 'string-width';

import type {PortRow} from '#projections/port-rows.ts';

import type {ScreenTable} from './screen-table.ts';

/** Titles of the table of ports, in order. */
export const PORT_TITLES = ['PORT', '^#', 'CLASS', 'IO', 'DEVICE', 'ROLE', 'USED BY', 'SINCE'];

/** A row of `port list --json`, as far as cells are made of it. */
export type PortJson = Pick<
  PortRow,
  'label' | 'name' | 'kind' | 'class' | 'direction' | 'state' | 'link' | 'speedMbps' | 'roles'
> & {
  readonly device: {
    readonly name: string;
    readonly model: string | null;
    readonly serial: string | null;
    readonly ambiguous: boolean;
    readonly functions: readonly {readonly class: string}[];
  } | null;
};

/** What a terminal can show of a text. */
export interface Shown {
  readonly ellipsis: string;
  text(text: string): string;
}

/** What the cells say when there is room: told from the JSON alone, not by the screen's own code. */
export function wholeCells(row: PortJson): Readonly<Record<string, string>> {
  const {device} = row;
  const isEmptySocket = device === null && row.kind === 'socket' && row.state !== 'present';
  const classes = [...new Set(device?.functions.map((item) => item.class))].join('+');
  return {
    PORT: row.label ?? row.name,
    CLASS: isEmptySocket ? '-' : classes === '' ? row.class : classes,
    IO: isEmptySocket ? '-' : row.direction,
    DEVICE: deviceText(row),
    ROLE: row.roles.length === 0 ? '-' : row.roles.join('+'),
  };
}

function deviceText({device, link, kind, speedMbps, state}: PortJson): string {
  if (device === null) {
    return state === 'present' ? '(connected)' : '(empty)';
  }
  const name = device.model ?? device.name;
  switch (link) {
    case 'down':
      return kind === 'virtual' ? `${name} down` : '(no cable)';
    case 'up':
      return `${name} ${speedText(speedMbps)}`;
    case null:
      return device.serial === null ? name : `${name} ${device.serial}`;
  }
}

const speedText = (speed: number | null): string =>
  speed === null ? 'up' : speed >= 1000 ? `${speed / 1000} Gb/s` : `${speed} Mb/s`;

/** The sign of a port's state; a present one may bear another. */
const signOf = ({state, device}: PortJson): RegExp => {
  switch (state) {
    case 'absent':
      return /^.-/;
    case 'faulted':
      return /^.!/;
    case 'disabled':
    case 'quarantined':
      return /^.x/;
    case 'present':
      return device?.ambiguous === true ? /^.\?/ : /^.[ +]/;
  }
};

/** What is wrong with the table, in words; nothing when it shows these rows in this order. */
export function differences(
  {rows: found, widths}: ScreenTable,
  wanted: readonly PortJson[],
  shown: Shown,
): readonly string[] {
  const missing =
    found.length === wanted.length ? [] : [`${found.length} of ${wanted.length} rows`];
  const wrong = wanted.flatMap((row, index) => {
    const {lead = '', cells = {}} = found[index] ?? {};
    const whole = Object.entries(wholeCells(row));
    const bad = whole.filter(([title, text]) => {
      const cell = cells[title] ?? '';
      return !isCutOf(cell, shown.text(text), {
        ellipsis: shown.ellipsis,
        width: widths[title] ?? 0,
      });
    });
    return [
      ...bad.map(
        ([title, text]) => `${title} of ${row.name}: "${cells[title]}", not "${shown.text(text)}"`,
      ),
      ...(signOf(row).test(lead) ? [] : [`sign of ${row.name} (${row.state}): "${lead}"`]),
    ];
  });
  return [...missing, ...wrong];
}

/** True when the cell is the text, or what is left of it when it is cut to the width. */
function isCutOf(
  cell: string,
  text: string,
  {ellipsis, width}: {readonly ellipsis: string; readonly width: number},
): boolean {
  if (cell === text) {
    return true;
  }
  const at = cell.indexOf(ellipsis);
  // Where a wide character does not fit, a cell stays empty.
  const isFull = stringWidth(cell) >= width - 1 && stringWidth(text) > width;
  return (
    at > 0 && isFull && text.startsWith(cell.slice(0, at)) && text.endsWith(cell.slice(at + 1))
  );
}
