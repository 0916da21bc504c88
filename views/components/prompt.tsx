import type {Overlay} from '#store/overlay.ts';

import type {View} from '../console.ts';
import {widthOf} from '../theme/fit.ts';
import type {Span} from '../theme/paint.ts';
import {Line} from './line.tsx';

type PromptOverlay = Extract<Overlay, {kind: 'prompt'}>;

interface PromptProps {
  readonly view: View;
  readonly overlay: PromptOverlay;
}

/** The line above the prompt: what Tab offers, or how it is used. */
export function PromptHint({view, overlay}: PromptProps) {
  const {candidates, purpose} = overlay;
  const offered = candidates.join('  ');
  const spans: readonly Span[] =
    candidates.length > 0
      ? [{text: ` ${offered}`, tone: 'mark'}]
      : [{text: ` ${hintOf(purpose)}`, tone: 'quiet'}];
  return purpose.kind === 'filter' ? null : <Line spans={spans} key={view.ui.screen} />;
}

/** The line that is typed in, at the footer's place. */
export function PromptLine({view, overlay}: PromptProps) {
  return <Line spans={promptSpans(view, overlay)} />;
}

/** Title, text and caret; a long text is shown around its caret. */
export function promptSpans({theme, ui}: View, {purpose, input}: PromptOverlay): readonly Span[] {
  const title = ` ${titleOf(purpose)}`;
  const points = [...input.text];
  const room = Math.max(8, ui.columns - widthOf(title) - 2);
  const from = Math.max(0, input.caret - room + 1);
  const before = points.slice(from, input.caret).join('');
  const after = points.slice(input.caret, from + room).join('');
  return [
    {text: title, tone: 'title'},
    {text: before},
    {text: theme.glyphs.caret, tone: 'mark'},
    {text: after},
  ];
}

function titleOf(purpose: PromptOverlay['purpose']): string {
  switch (purpose.kind) {
    case 'label':
    case 'role':
      return `${purpose.title}: `;
    case 'filter':
      return '/';
    case 'moment':
      return 'time: ';
    case 'command':
      return ':';
  }
}

function hintOf(purpose: PromptOverlay['purpose']): string {
  switch (purpose.kind) {
    case 'label':
      return 'Enter sets it, empty takes it away, Esc leaves it as it was';
    case 'role':
      return 'Enter binds it here, empty unbinds, Tab completes a known role, Esc leaves it';
    case 'command':
      return 'the words of cim-tui, e.g. port show "USB 3"; Tab completes, ↑ history, Esc leaves';
    case 'moment':
      return 'a sequence, 14:00, yesterday 14:00, 2026-11-20 or -15m; empty is now';
    case 'filter':
      return '';
  }
}
