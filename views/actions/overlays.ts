import type {Dialog, Overlay, PromptPurpose} from '#store/overlay.ts';
import {textInput} from '#store/text-input.ts';

import type {Console} from '../console.ts';

/** Lays something over the screen. */
export const openOverlay = ({ui}: Console, overlay: Overlay | null): void =>
  ui.setState({overlay, answer: null});

/** Asks. The first button is marked; keys within 300 ms are dropped. */
export const openDialog = (
  console: Console,
  dialog: Dialog,
  under: Overlay | null = null,
): void => {
  const openedAt = console.ports.now();
  openOverlay(console, {kind: 'dialog', dialog, button: 0, input: textInput(''), openedAt, under});
};

/** Opens a line to type in. */
export const openPrompt = (console: Console, purpose: PromptPurpose, text: string): void =>
  openOverlay(console, {
    kind: 'prompt',
    purpose,
    input: textInput(text),
    candidates: [],
    back: 0,
  });

/** Shows lines of text over the whole body. */
export const openViewer = (
  console: Console,
  title: string,
  lines: readonly string[],
  under: Overlay | null = null,
): void => openOverlay(console, {kind: 'viewer', title, lines, top: 0, left: 0, under});

/** Takes away what lies over the screen; what lay under it comes back. */
export function closeOverlay({ui}: Console): void {
  const {overlay} = ui.getState();
  ui.setState({overlay: overlay !== null && 'under' in overlay ? overlay.under : null});
}
