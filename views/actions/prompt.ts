import type {Overlay, TextInput} from '#store/overlay.ts';
import {type Edit, editText, insertText, textInput} from '#store/text-input.ts';
import {withList} from '#store/ui-store.ts';

import {type Console, viewOf} from '../console.ts';
import {completeInput} from './completion.ts';
import {closeOverlay, openPrompt} from './overlays.ts';
import {submitPrompt} from './submit.ts';
import type {ViewAction} from './view-action.ts';

type Prompt = Extract<Overlay, {kind: 'prompt'}>;

const promptOf = (console: Console): Prompt | null => {
  const {overlay} = console.ui.getState();
  return overlay?.kind === 'prompt' ? overlay : null;
};

/** Puts a new text into the open prompt or the help's search; a filter holds at once. */
export function setInput(console: Console, input: TextInput): void {
  const {ui} = viewOf(console);
  const {overlay} = ui;
  if (overlay?.kind === 'help') {
    console.ui.setState({overlay: {...overlay, input, top: 0}});
  } else if (overlay?.kind === 'prompt') {
    const isFilter = overlay.purpose.kind === 'filter';
    const live = isFilter ? withList(ui, ui.screen, {filter: input.text}) : {};
    console.ui.setState({overlay: {...overlay, input, candidates: []}, ...live});
  }
}

const inputOf = (console: Console): TextInput => {
  const {overlay} = console.ui.getState();
  return overlay?.kind === 'prompt' || overlay?.kind === 'help' ? overlay.input : textInput('');
};

export const typeText: ViewAction = {
  id: 'prompt.type',
  title: 'types itself',
  run(console, key) {
    if (key.text !== null) {
      setInput(console, insertText(inputOf(console), key.text));
    }
  },
};

const edit = (id: Edit, title: string): ViewAction => ({
  id: `prompt.${id}`,
  title,
  run: (console) => setInput(console, editText(inputOf(console), id)),
});

export const caretLeft = edit('left', 'caret to the left');
export const caretRight = edit('right', 'caret to the right');
export const caretStart = edit('start', 'caret to the start');
export const caretEnd = edit('end', 'caret to the end');
export const eraseBefore = edit('erase', 'erase before the caret');
export const eraseUnder = edit('delete', 'erase under the caret');
export const eraseToStart = edit('erase-to-start', 'erase to the start');
export const eraseToEnd = edit('erase-to-end', 'erase to the end');
export const eraseWord = edit('erase-word', 'erase the word before');

export const openCommandLine: ViewAction = {
  id: 'command-line',
  title: "command line: the CLI's own words, Tab completes, ↑ history",
  run: (console) => openPrompt(console, {kind: 'command'}, ''),
};

export const submit: ViewAction = {
  id: 'prompt.submit',
  title: 'do it',
  run(console) {
    const prompt = promptOf(console);
    if (prompt !== null) {
      submitPrompt(console, prompt.purpose, prompt.input.text);
    }
  },
};

export const cancel: ViewAction = {
  id: 'prompt.cancel',
  title: 'leave it as it was',
  run(console) {
    const {ui} = viewOf(console);
    const prompt = promptOf(console);
    if (prompt?.purpose.kind === 'filter') {
      console.ui.setState(withList(ui, ui.screen, {filter: prompt.purpose.before}));
    }
    closeOverlay(console);
  },
};

export const complete: ViewAction = {
  id: 'prompt.complete',
  title: 'complete the word',
  run(console) {
    const prompt = promptOf(console);
    if (prompt !== null) {
      const {input, candidates} = completeInput(viewOf(console), console.ports, prompt);
      setInput(console, input);
      const {overlay} = console.ui.getState();
      if (overlay?.kind === 'prompt') {
        console.ui.setState({overlay: {...overlay, candidates}});
      }
    }
  },
};

const older = (id: string, title: string, by: 1 | -1): ViewAction => ({
  id: `prompt.${id}`,
  title,
  run(console) {
    const {overlay, commandHistory} = console.ui.getState();
    if (overlay?.kind === 'prompt' && overlay.purpose.kind === 'command') {
      const back = Math.min(Math.max(overlay.back + by, 0), commandHistory.length);
      const text = back === 0 ? '' : (commandHistory.at(-back) ?? '');
      const input = textInput(text);
      console.ui.setState({overlay: {...overlay, input, back, candidates: []}});
    }
  },
});

export const olderLine = older('older', 'the line typed before', 1);
export const newerLine = older('newer', 'the line typed after', -1);
