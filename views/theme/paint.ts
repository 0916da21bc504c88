import {stripControls} from '#domain/text.ts';

import {cutEnd, padEnd, widthOf} from './fit.ts';
import {inGlyphs} from './glyphs.ts';
import type {ColourMode, Theme} from './theme.ts';

/** What a piece of text means; the theme decides how that looks. Never the only sign of it. */
export type Tone = 'plain' | 'quiet' | 'strong' | 'title' | 'good' | 'warning' | 'fault' | 'mark';

export interface Span {
  readonly text: string;
  readonly tone?: Tone;
}

/** One line of the screen. */
export interface LineContent {
  readonly spans: readonly Span[];
  /** The cursor is here: the whole width is shown inverse. */
  readonly isSelected?: boolean;
}

const ESC = '\u001b[';

const CODES: Readonly<Record<ColourMode, Readonly<Record<Tone, string>>>> = {
  full: {
    plain: '',
    quiet: '2',
    strong: '1',
    title: '1;36',
    good: '32',
    warning: '33',
    fault: '1;31',
    mark: '36',
  },
  '8': {
    plain: '',
    quiet: '',
    strong: '1',
    title: '1;36',
    good: '32',
    warning: '33',
    fault: '1;31',
    mark: '36',
  },
  mono: {
    plain: '',
    quiet: '',
    strong: '1',
    title: '1',
    good: '',
    warning: '',
    fault: '1',
    mark: '',
  },
};

/**
 * The line as text with SGR codes, never wider than `width`. The codes are written here, not by
 * chalk: it turns bold and inverse off together with the colours, and looks at CI.
 */
export function paintLine(theme: Theme, line: LineContent, width: number): string {
  const spans = clipSpans(theme, line.spans, width);
  if (line.isSelected === true) {
    const text = spans.map((span) => span.text).join('');
    return `${ESC}7m${padEnd(text, width)}${ESC}27m`;
  }
  return trimEnd(spans)
    .map(({text, tone}) => paintSpan(theme.colours, text, tone))
    .join('');
}

/** A blank line has to hold a space, or the layout gives it no row. */
const trimEnd = (spans: readonly Span[]): readonly Span[] =>
  spans.length === 0 ? [{text: ' '}] : spans;

function clipSpans(theme: Theme, spans: readonly Span[], width: number): readonly Span[] {
  const clipped: Span[] = [];
  let left = width;
  for (const span of spans) {
    if (left <= 0) {
      break;
    }
    const safe = inGlyphs(theme.glyphSet, stripControls(span.text), widthOf);
    const text = cutEnd(safe, left, theme.glyphs.ellipsis);
    left -= widthOf(text);
    if (text !== '') {
      clipped.push({...span, text});
    }
  }
  return clipped;
}

function paintSpan(colours: ColourMode, text: string, tone: Tone = 'plain'): string {
  const code = CODES[colours][tone];
  return code === '' ? text : `${ESC}${code}m${text}${ESC}${closeOf(code)}m`;
}

/** Closes only what was opened: fewer bytes where the next text is plain, too. */
function closeOf(code: string): string {
  const isIntense = /^[12](;|$)/.test(code);
  const isColoured = /3\d/.test(code);
  return [isIntense ? '22' : '', isColoured ? '39' : ''].filter((part) => part !== '').join(';');
}
