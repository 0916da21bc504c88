import {unquarantine} from './actions/port.ts';
import {refusalOf} from './actions/view-action.ts';
import type {View} from './console.ts';
import {bindingsOf} from './key-router.ts';
import type {Binding, Scope} from './keymap.ts';

/** An action as the menu offers it. */
export interface MenuItem {
  readonly binding: Binding;
  /** Why it cannot be done now, or null. */
  readonly refusal: string | null;
}

const OFFERED: readonly Scope[] = ['port', 'events', 'udev', 'live', 'all'];
/** What the menu itself answers to, and what has a digit of its own. */
const LEFT_OUT = /^(menu|back|screen\..*)$/;

/** Without a key of their own: too rare for one. They stand behind those of the row. */
const WITHOUT_KEY: readonly Binding[] = [{scope: 'port', keys: [], action: unquarantine}];

/** The row's actions first, then those of the screen; what is impossible stays, with its reason. */
export function menuItems(view: View): readonly MenuItem[] {
  const ui = {...view.ui, overlay: null};
  const bindings = bindingsOf(ui);
  const last = bindings.findLastIndex(({scope}) => scope === 'port');
  return bindings
    .toSpliced(last + 1, 0, ...(last < 0 ? [] : WITHOUT_KEY))
    .filter(({scope, action}) => OFFERED.includes(scope) && !LEFT_OUT.test(action.id))
    .map((binding) => ({binding, refusal: refusalOf(binding.action, {...view, ui})}));
}
