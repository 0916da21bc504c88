import {cutEnd, padEnd, widthOf} from '../theme/fit.ts';
import type {Span} from '../theme/paint.ts';
import type {Theme} from '../theme/theme.ts';

/** `─ATTENTION (4)──────…` over the whole width. */
export function sectionSpans({glyphs}: Theme, title: string, columns: number): readonly Span[] {
  const rule = glyphs.horizontal.repeat(Math.max(0, columns - 1 - widthOf(title)));
  return [
    {text: glyphs.horizontal, tone: 'quiet'},
    {text: title, tone: 'title'},
    {text: rule, tone: 'quiet'},
  ];
}

/** A rule over the whole width. */
export const ruleSpans = ({glyphs}: Theme, columns: number): readonly Span[] => [
  {text: glyphs.horizontal.repeat(columns), tone: 'quiet'},
];

/** One text at the left, one at the right end of the width. */
export function spreadSpans(
  left: readonly Span[],
  right: readonly Span[],
  columns: number,
): readonly Span[] {
  const cells = (spans: readonly Span[]): number =>
    spans.reduce((sum, {text}) => sum + widthOf(text), 0);
  return [...left, {text: padEnd('', Math.max(1, columns - cells(left) - cells(right)))}, ...right];
}

/** Spans cut to a number of cells, the last one that is left at its end. */
export function cutSpans(spans: readonly Span[], cells: number, ellipsis: string): readonly Span[] {
  const cut: Span[] = [];
  let left = cells;
  for (const span of spans) {
    const text = cutEnd(span.text, Math.max(0, left), ellipsis);
    left -= widthOf(text);
    cut.push({...span, text});
  }
  return cut;
}
