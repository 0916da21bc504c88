import type {View} from '../console.ts';
import {bindingsOf} from '../key-router.ts';
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
export function footerSpans({ui}: View): readonly Span[] {
  const {answer, pending} = ui;
  if (answer !== null) {
    return [{text: `${SIGNS[answer.kind]}${answer.text}`, tone: TONES[answer.kind]}];
  }
  const asked = pending.at(-1);
  if (asked !== undefined) {
    return [{text: ` * asked: ${asked.text}`, tone: 'warning'}];
  }
  return keySpans(ui);
}

function keySpans(ui: View['ui']): readonly Span[] {
  const spans: Span[] = [];
  let cells = 1;
  for (const {keys, footer} of bindingsOf(ui)
    .filter((binding) => binding.footer !== undefined)
    .slice(0, KEYS_MAX)) {
    const key = keyText(keys[0] ?? '');
    cells += widthOf(key) + 1 + widthOf(footer ?? '') + 2;
    if (cells > ui.columns) {
      break;
    }
    spans.push(
      {text: spans.length === 0 ? ' ' : '  '},
      {text: key, tone: 'mark'},
      {text: ` ${footer}`},
    );
  }
  return spans;
}
