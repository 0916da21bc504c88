import type {ViewAction} from './view-action.ts';

/** The list of the menu is Ink's own: it gets the arrows and Enter, and nothing else. */
const passing = (id: string, title: string, name: string): ViewAction => ({
  id: `menu.${id}`,
  title,
  run: (console) => console.passOn(name),
});

export const menuDown = passing('down', 'next action', 'down');
export const menuUp = passing('up', 'action above', 'up');
export const menuRun = passing('run', 'do it', 'enter');
