import stringWidth from 'string-width';

const PRINTABLE_ASCII = /^[\u0020-\u007e]*$/;

/** Cells a text takes. */
export const widthOf = (text: string): number =>
  PRINTABLE_ASCII.test(text) ? text.length : stringWidth(text);

/** Cut at the end, for prose. Never wider than `width`. */
export function cutEnd(text: string, width: number, ellipsis: string): string {
  if (widthOf(text) <= width) {
    return text;
  }
  return width <= 0 ? '' : `${headOf(text, width - 1)}${ellipsis}`;
}

/** Cut in the middle, for paths and ids, whose ends tell most. Never wider than `width`. */
export function cutMiddle(text: string, width: number, ellipsis: string): string {
  if (widthOf(text) <= width) {
    return text;
  }
  if (width <= 2) {
    return cutEnd(text, width, ellipsis);
  }
  const head = headOf(text, Math.ceil((width - 1) / 2));
  return `${head}${ellipsis}${tailOf(text, width - 1 - widthOf(head))}`;
}

/** Filled up with spaces to exactly `width` cells (or more, when it is wider already). */
export const padEnd = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - widthOf(text)));

/** The same, with the text at the right. */
export const padStart = (text: string, width: number): string =>
  ' '.repeat(Math.max(0, width - widthOf(text))) + text;

/** The text in lines of at most `width` cells, broken at spaces where there are some. */
export function wrapProse(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ').flatMap((part) => chunksOf(part, width))) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(last) + 1 + widthOf(word) <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}

function headOf(text: string, width: number): string {
  if (PRINTABLE_ASCII.test(text)) {
    return text.slice(0, Math.max(0, width));
  }
  return takeCells(graphemesOf(text), width).join('');
}

function tailOf(text: string, width: number): string {
  if (PRINTABLE_ASCII.test(text)) {
    return width <= 0 ? '' : text.slice(-width);
  }
  return takeCells(graphemesOf(text).reverse(), width).reverse().join('');
}

const graphemesOf = (text: string): string[] =>
  Array.from(new Intl.Segmenter(undefined, {granularity: 'grapheme'}).segment(text)).map(
    ({segment}) => segment,
  );

function takeCells(graphemes: readonly string[], width: number): string[] {
  const taken: string[] = [];
  let cells = 0;
  for (const grapheme of graphemes) {
    cells += widthOf(grapheme);
    if (cells > width) {
      break;
    }
    taken.push(grapheme);
  }
  return taken;
}

function chunksOf(word: string, width: number): readonly string[] {
  const chunks: string[] = [];
  let rest = word;
  while (widthOf(rest) > width && width > 1) {
    const head = headOf(rest, width);
    chunks.push(head);
    rest = rest.slice(Math.max(1, head.length));
  }
  return [...chunks, rest];
}
