import type {View} from '../console.ts';
import {bindingsOf} from '../key-router.ts';
import type {Binding} from '../keymap.ts';
import {widthOf} from '../theme/fit.ts';
import type {Span, Tone} from '../theme/paint.ts';
import {keyText} from '../words/keys.ts';
import {Line} from './line.tsx';

const KEYS_MAX = 8;

/** The last line: the answer for 5 s after an action, else the keys that hold here. */
export function Footer({view}: {readonly view: View}) {
  return <Line spans={footerSpans(view)} />;
}

const TONES: Readonly<Record<'done' | 'refused' | 'note', Tone>> = {
  done: 'good',
  refused: 'fault',
  note: 'mark',
};

/** Signs say what the colour says, too. */
const SIGNS = {done: ' ', refused: ' ! ', note: ' '} as const;

/** What the footer shows. */
export function footerSpans(view: View): readonly Span[] {
  const {answer, pending} = view.ui;
  if (answer !== null) {
    return [{text: `${SIGNS[answer.kind]}${answer.text}`, tone: TONES[answer.kind]}];
  }
  const asked = pending.at(-1);
  if (asked !== undefined) {
    return [{text: ` * asked: ${asked.text}`, tone: 'warning'}];
  }
  return keySpans(view);
}

/** The keys of the selected row first, help always last; none that means nothing here. */
function keySpans(view: View): readonly Span[] {
  const {ui} = view;
  const named = bindingsOf(ui).filter(
    ({footer, action}) => footer !== undefined && (action.refusal?.(view) ?? null) === null,
  );
  const help = named.filter(({action}) => action.id === 'help');
  const others = named.filter(({action}) => action.id !== 'help');
  const spans: Span[] = view.read.past === null ? [] : [...BACK_TO_NOW];
  let cells = cellsOf(spans) + cellsOf(help.flatMap(keySpan));
  for (const binding of others.slice(0, KEYS_MAX - help.length)) {
    cells += cellsOf(keySpan(binding));
    if (cells > ui.columns) {
      break;
    }
    spans.push(...keySpan(binding));
  }
  return [...spans, ...help.flatMap(keySpan)];
}

/** Esc means more than this elsewhere; in the past this is what everybody looks for. */
const BACK_TO_NOW: readonly Span[] = [{text: ' Esc', tone: 'mark'}, {text: ' now '}];

const keyOf = ({keys}: Binding): string => keyText(keys[0] ?? '');

const keySpan = (binding: Binding): readonly Span[] => [
  {text: ` ${keyOf(binding)}`, tone: 'mark'},
  {text: ` ${binding.footer} `},
];

const cellsOf = (spans: readonly Span[]): number =>
  spans.reduce((sum, {text}) => sum + widthOf(text), 0);
