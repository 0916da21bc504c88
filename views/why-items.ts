import {rootOf, type WhyStep} from '#domain/event/why.ts';
import {originWords, rootWords, stepWords} from '#domain/event/why-words.ts';
import {describeMessage} from '#domain/event/words.ts';
import {LIVE_READER, LIVE_SOURCES} from '#domain/live-source.ts';
import type {StoredMessage} from '#domain/message.ts';
import type {Overlay} from '#store/overlay.ts';
import {timeOf} from '#store/selectors.ts';
import type {SourceLine} from '#store/source-lines.ts';

import type {View} from './console.ts';
import {fieldItem, type ListItem, plainItem} from './lists.ts';
import {cutEnd, padEnd, padStart, wrapProse} from './theme/fit.ts';
import type {Span} from './theme/paint.ts';
import {ageText, agoText, momentText} from './words/times.ts';

type WhyOverlay = Extract<Overlay, {kind: 'why'}>;
type ChainOverlay = Extract<Overlay, {kind: 'chain'}>;
/** What can be explained lies over the screen as one of these. */
export type Explanation = WhyOverlay | ChainOverlay;

/** The lines of an explanation. */
export const explanationItems = (view: View, overlay: Explanation): readonly ListItem[] =>
  overlay.kind === 'why' ? whyItems(view, overlay) : chainItems(view, overlay);

/** Id of the line of a cell's source. */
export const sourceId = (cell: number, line: number): string => `${cell}:${line}`;

/** The source behind such an id, and its cell. */
export function sourceAt({cells}: WhyOverlay, id: string) {
  const [cell = -1, line = -1] = id.split(':').map(Number);
  const found = cells[cell];
  const source = found?.lines[line];
  return found === undefined || source === undefined ? undefined : {cell: found, line: source};
}

const TITLE_CELLS = 11;

/** Each cell as it stands on screen, and below it its sources. */
function whyItems(view: View, overlay: WhyOverlay): readonly ListItem[] {
  return [
    ...readingItems(overlay),
    ...overlay.cells.flatMap(({title, text, lines}, cell) => [
      plainItem({text: ' '}, ...headSpans(title, text === '' ? '(blank)' : text)),
      ...lines.map((line, index): ListItem => {
        const id = sourceId(cell, index);
        return {id, spans: (isSelected) => sourceSpans(view, overlay, line, isSelected)};
      }),
    ]),
  ];
}

/** A column's title before its text; what says how a value was counted, behind it. */
const headSpans = (title: string, text: string): readonly Span[] =>
  title.length < TITLE_CELLS
    ? [
        {text: padEnd(title, TITLE_CELLS), tone: 'quiet'},
        {text, tone: 'strong'},
      ]
    : [
        {text: padEnd(text, TITLE_CELLS), tone: 'strong'},
        {text: ` ${title}`, tone: 'quiet'},
      ];

const AGE_CELLS = 5;
const NAME_CELLS = 22;

function sourceSpans(
  view: View,
  overlay: WhyOverlay,
  line: SourceLine,
  isSelected: boolean,
): readonly Span[] {
  const {theme} = view;
  const {age, text} = sourceText(view, overlay, line);
  const name = cutEnd(line.name, NAME_CELLS, theme.glyphs.ellipsis);
  return [
    {text: isSelected ? theme.glyphs.cursor : ' '},
    {text: `${padStart(age, AGE_CELLS + 1)}  `, tone: 'quiet'},
    {text: `${padEnd(name, NAME_CELLS)} `},
    {text, tone: line.origin.kind === 'event' ? 'plain' : 'mark'},
  ];
}

interface AgedText {
  readonly age: string;
  readonly text: string;
}

/** Since when, and what or who made it so. */
function sourceText(view: View, {events}: WhyOverlay, {origin}: SourceLine): AgedText {
  const {now} = view.ui;
  switch (origin.kind) {
    case 'console':
      return {age: '', text: origin.text};
    case 'live': {
      const {source} = LIVE_SOURCES[origin.reading];
      const text = `live: ${source}, by ${LIVE_READER}`;
      return origin.seenAt === null
        ? {age: '', text: `${text}: not read yet`}
        : {age: origin.seenAt === 'beat' ? 'now' : ageText(now, Date.parse(origin.seenAt)), text};
    }
    case 'event':
      return eventText(view, origin.sequence, events[origin.sequence]);
  }
}

function eventText(
  {ui, read, selectors}: View,
  sequence: number,
  message: StoredMessage | null | undefined,
): AgedText {
  if (message === undefined || message === null) {
    const gone = message === null ? ': not in the store' : '';
    return {age: '', text: `event ${sequence}${gone}`};
  }
  const {what, who, detail} = describeMessage(message, selectors.names(read));
  const at = timeOf(message);
  return {
    age: at === null ? '' : ageText(ui.now, at),
    text: `event ${sequence} of ${who}: ${what} ${detail}`,
  };
}

function readingItems({reading}: Explanation): readonly ListItem[] {
  if (reading.error !== null) {
    return [plainItem({text: ` ${reading.error}`, tone: 'warning'})];
  }
  return reading.state === 'slow' ? [plainItem({text: ' reading…', tone: 'quiet'})] : [];
}

/** What began it, then the events, newest first, each with how it came about. */
function chainItems(view: View, overlay: ChainOverlay): readonly ListItem[] {
  const {line, steps} = overlay;
  if (line.origin.kind === 'live') {
    return liveItems(view, line.origin);
  }
  if (line.origin.kind === 'console') {
    return [fieldItem('source', `this console: ${line.origin.text}`)];
  }
  const head =
    steps.length === 0
      ? []
      : [plainItem({text: ` ${rootWords(rootOf(steps))}`, tone: 'strong'}), plainItem({text: ' '})];
  return [...readingItems(overlay), ...head, ...steps.flatMap((step) => stepItems(view, step))];
}

function liveItems(
  {ui}: View,
  {reading, seenAt}: Extract<SourceLine['origin'], {kind: 'live'}>,
): readonly ListItem[] {
  const {source, detail} = LIVE_SOURCES[reading];
  const age =
    seenAt === null
      ? 'not read yet'
      : seenAt === 'beat'
        ? 'heard within the last 6 s'
        : `read ${agoText(ui.now, seenAt)}`;
  return [
    fieldItem('source', `${source}: ${detail}`),
    fieldItem('reader', LIVE_READER),
    fieldItem('age', age),
    fieldItem('stored', 'never: it is read live'),
  ];
}

const SEQUENCE_CELLS = 8;
const TIME_CELLS = 13;
const INDENT = ' '.repeat(SEQUENCE_CELLS + TIME_CELLS);

function stepItems(view: View, step: WhyStep): readonly ListItem[] {
  const {ui, theme, selectors, read} = view;
  const at = step.message === null ? null : timeOf(step.message);
  const time = at === null ? '' : momentText(ui.now, at);
  const words = stepWords(step, selectors.names(read));
  const origin = wrapProse(originWords(step), ui.columns - INDENT.length - 1);
  return [
    {
      id: String(step.sequence),
      spans: (isSelected) => [
        {text: isSelected ? theme.glyphs.cursor : ' '},
        {text: `${padStart(String(step.sequence), SEQUENCE_CELLS - 2)} `, tone: 'strong'},
        {text: padEnd(time, TIME_CELLS), tone: 'quiet'},
        {text: words},
      ],
    },
    ...origin.map((text) => plainItem({text: `${INDENT}${text}`, tone: 'quiet'})),
  ];
}
