import type {Overlay} from '#store/overlay.ts';

import type {View} from './console.ts';
import {type JobsOverlay, jobItems, jobsTitle} from './job-items.ts';
import type {ListItem} from './lists.ts';
import {type Explanation, explanationItems} from './why-items.ts';

/** What lies over the screen as a list that the arrows move in. */
export type ListOverlay = Explanation | JobsOverlay;

export const isListOverlay = (overlay: Overlay | null): overlay is ListOverlay =>
  overlay?.kind === 'why' || overlay?.kind === 'chain' || overlay?.kind === 'jobs';

export const overlayItems = (view: View, overlay: ListOverlay): readonly ListItem[] =>
  overlay.kind === 'jobs' ? jobItems(view) : explanationItems(view, overlay);

export const overlayTitle = (view: View, overlay: ListOverlay): string =>
  overlay.kind === 'jobs' ? jobsTitle(view) : overlay.title;
