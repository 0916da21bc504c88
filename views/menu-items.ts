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

const OFFERED: readonly Scope[] = ['port', 'events', 'live', 'all'];
/** What the menu itself answers to, and what has a digit of its own. */
const LEFT_OUT = /^(menu|back|screen\..*)$/;

/** The row's actions first, then those of the screen: what is possible before what is not. */
export function menuItems(view: View): readonly MenuItem[] {
  const ui = {...view.ui, overlay: null};
  const items = bindingsOf(ui)
    .filter(({scope, action}) => OFFERED.includes(scope) && !LEFT_OUT.test(action.id))
    .map((binding) => ({binding, refusal: refusalOf(binding.action, {...view, ui})}));
  return [
    ...items.filter(({refusal}) => refusal === null),
    ...items.filter(({refusal}) => refusal !== null),
  ];
}
