import {insertText} from '#store/text-input.ts';
import type {UiState} from '#store/ui-store.ts';
import {setInput} from './actions/prompt.ts';
import {answer, refusalOf} from './actions/view-action.ts';
import {type Console, viewOf} from './console.ts';
import {type Binding, KEYMAP, type Scope} from './keymap.ts';
import type {KeyEvent} from './keys/key-event.ts';

/** The scopes that hold now, the nearest first. */
export function scopesOf({overlay, screen, detail}: UiState): readonly Scope[] {
  switch (overlay?.kind) {
    case 'dialog':
      return ['always', overlay.dialog.mustType === undefined ? 'dialog' : 'grave'];
    case 'help':
    case 'viewer':
      return ['always', overlay.kind];
    case 'jobs':
    case 'why':
    case 'chain':
      return ['always', overlay.kind, 'sources'];
    case 'menu':
      return ['always', 'menu', ...(screen === 'ports' ? (['port'] as const) : []), 'all'];
    case 'prompt':
      return overlay.purpose.kind === 'command'
        ? ['always', 'command', 'prompt']
        : ['always', 'prompt'];
    case undefined:
      break;
  }
  switch (detail?.kind) {
    case 'port':
      return ['always', 'detail', 'port', 'list', 'all'];
    case 'container':
      return ['always', 'list', 'all'];
    case undefined:
      break;
  }
  switch (screen) {
    case 'overview':
    case 'containers':
      return ['always', 'list', 'all'];
    case 'ports':
      return ['always', 'port', 'list', 'all'];
    case 'events':
      return ['always', 'events', 'live', 'list', 'all'];
    case 'udev':
      return ['always', 'udev', 'live', 'list', 'all'];
  }
}

/** The bindings that hold now, the nearest first, a key once. */
export function bindingsOf(ui: UiState, keymap: readonly Binding[] = KEYMAP): readonly Binding[] {
  const taken = new Set<string>();
  return scopesOf(ui).flatMap((scope) =>
    keymap.flatMap((binding) => {
      const keys = binding.scope === scope ? binding.keys.filter((key) => !taken.has(key)) : [];
      for (const key of keys) {
        taken.add(key);
      }
      return keys.length === 0 ? [] : [{...binding, keys}];
    }),
  );
}

/** Does what a key means now. Unknown keys do nothing. */
export function routeKey(
  console: Console,
  event: KeyEvent,
  keymap: readonly Binding[] = KEYMAP,
): void {
  if (event.kind === 'paste') {
    paste(console, event.text);
    return;
  }
  const {ui} = viewOf(console);
  for (const scope of scopesOf(ui)) {
    const binding = keymap.find((item) => item.scope === scope && isFor(item, event));
    if (binding !== undefined) {
      runBinding(console, binding, event);
      return;
    }
  }
}

/** A paste only ever writes into a line: it confirms nothing and starts nothing. */
function paste(console: Console, text: string): void {
  const {overlay} = console.ui.getState();
  if (overlay?.kind === 'prompt' || overlay?.kind === 'help') {
    setInput(console, insertText(overlay.input, text));
  }
}

const isFor = ({keys}: Binding, {name, text}: Extract<KeyEvent, {kind: 'key'}>): boolean =>
  keys.includes(name) || (text !== null && keys.includes('text'));

/** Runs an action, or answers why it cannot be done. A menu closes for the action chosen. */
export function runBinding(console: Console, {action, scope}: Binding, event: KeyEvent): void {
  const view = viewOf(console);
  if (view.ui.overlay?.kind === 'menu' && scope !== 'menu' && scope !== 'always') {
    console.ui.setState({overlay: null});
  }
  const refusal = refusalOf(action, view);
  if (refusal !== null) {
    answer(console, refusal, 'refused');
    return;
  }
  if (view.ui.answer !== null && scope !== 'always') {
    console.ui.setState({answer: null});
  }
  action.run(console, event);
}
