import {Resvg} from '@resvg/resvg-js';
import type {IBufferCell, Terminal} from '@xterm/headless';

const CELL = {width: 9, height: 19, baseline: 14};
const MARGIN = 12;
const INK = '#d6d6d6';
const PAPER = '#14161a';
const FONT = 'DejaVu Sans Mono, Liberation Mono, Noto Sans Mono, monospace';

/** The sixteen colours of a terminal. */
const PALETTE = [
  ...['#2b2f36', '#e0605b', '#7dbb6a', '#d9b650', '#6a9fd8', '#b884c9', '#56b6c2', '#d6d6d6'],
  ...['#6b7280', '#ff7b72', '#98d982', '#f2d06b', '#8ab8f0', '#d29fe3', '#7cd3de', '#ffffff'],
];

/** What a terminal emulator shows, as an SVG picture. */
export function screenSvg(terminal: Terminal): string {
  const width = terminal.cols * CELL.width + 2 * MARGIN;
  const height = terminal.rows * CELL.height + 2 * MARGIN;
  const rows = Array.from({length: terminal.rows}, (_, row) => rowSvg(terminal, row));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<rect width="${width}" height="${height}" rx="8" fill="${PAPER}"/>`,
    `<g font-family="${FONT}" font-size="15" xml:space="preserve">`,
    ...rows,
    '</g></svg>',
  ].join('\n');
}

/** The same as a PNG. Needs a monospaced font on this machine. */
export const screenPng = (terminal: Terminal): Uint8Array =>
  new Resvg(screenSvg(terminal), {fitTo: {mode: 'zoom', value: 1.5}}).render().asPng();

function rowSvg(terminal: Terminal, row: number): string {
  const line = terminal.buffer.active.getLine(terminal.buffer.active.viewportY + row);
  const cells = Array.from({length: terminal.cols}, (_, column) => line?.getCell(column));
  return cells
    .map((cell, column) => (cell === undefined ? '' : cellSvg(cell, column, row)))
    .join('');
}

function cellSvg(cell: IBufferCell, column: number, row: number): string {
  const text = cell.getChars();
  const isInverse = cell.isInverse() !== 0;
  const ink = colourOf(cell.isFgDefault(), cell.getFgColor(), INK);
  const paper = colourOf(cell.isBgDefault(), cell.getBgColor(), PAPER);
  const [front, back] = isInverse ? [paper, ink] : [ink, paper];
  const x = MARGIN + column * CELL.width;
  const y = MARGIN + row * CELL.height;
  const width = CELL.width * Math.max(1, cell.getWidth());
  const ground =
    back === PAPER
      ? ''
      : `<rect x="${x}" y="${y}" width="${width + 0.3}" height="${CELL.height}" fill="${back}"/>`;
  if (text.trim() === '') {
    return ground;
  }
  const weight = cell.isBold() === 0 ? '' : ' font-weight="bold"';
  const dim = cell.isDim() === 0 ? '' : ' opacity="0.6"';
  return `${ground}<text x="${x}" y="${y + CELL.baseline}" fill="${front}"${weight}${dim}>${escapeXml(text)}</text>`;
}

const colourOf = (isDefault: boolean, index: number, fallback: string): string =>
  isDefault ? fallback : (PALETTE[index] ?? fallback);

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
