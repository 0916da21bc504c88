import type {StoredMessage} from '#domain/message.ts';
import type {ReadState} from '#store/read-store.ts';
import type {ScreenId} from '#store/ui-store.ts';

import {type Console, viewOf} from '../console.ts';
import {openPrompt} from './overlays.ts';
import {answer, type ViewAction} from './view-action.ts';
import {failureText} from './wishes.ts';

const HOUR_MS = 60 * 60 * 1000;

/** Shows the leaf as of a moment; null: as it is. What cannot be shown is answered in a sentence. */
export async function goTo(console: Console, moment: string | null): Promise<void> {
  try {
    await console.ports.goTo(moment);
  } catch (error) {
    answer(console, failureText(error), 'refused');
  }
}

/** Which aggregates a screen is made of; null: all. */
const AGGREGATES: Readonly<Partial<Record<ScreenId, readonly string[]>>> = {
  ports: ['port', 'device', 'role'],
};

const isOn =
  (screen: ScreenId) =>
  (message: StoredMessage): boolean => {
    const wanted = AGGREGATES[screen];
    const type = message.kind === 'event' ? message.event.type : null;
    return wanted === undefined || type === null || wanted.includes(type.split('.')[1] ?? '');
  };

const placeOf = ({past, inventory}: ReadState): number => past?.sequence ?? inventory.sequence;

export const changeBack: ViewAction = {
  id: 'past.back',
  title: 'the past: one change of this screen back',
  run(console) {
    const {read, ui} = viewOf(console);
    const undone = read.history.findLast(isOn(ui.screen))?.sequence ?? placeOf(read);
    void goTo(console, String(Math.max(1, undone - 1)));
  },
};

export const changeOn: ViewAction = {
  id: 'past.on',
  title: 'the past: one change on, up to now',
  refusal: ({read}) => (read.past === null ? 'this is now' : null),
  run(console) {
    const {read, ui} = viewOf(console);
    const {later = []} = read.past ?? {};
    const next = later.find(isOn(ui.screen));
    const isLast = next === undefined || next === later.at(-1);
    // What is older than the console keeps is gone through event by event.
    const isNear = later[0]?.sequence === placeOf(read) + 1;
    if (!isNear && later.length > 0) {
      void goTo(console, String(placeOf(read) + 1));
    } else {
      void goTo(console, isLast ? null : String(next.sequence));
    }
  },
};

const byAnHour = (id: string, title: string, step: 1 | -1): ViewAction => ({
  id,
  title,
  run(console) {
    const {read} = viewOf(console);
    const now = console.ports.now();
    const from = read.past?.time == null ? now : Date.parse(read.past.time);
    const to = from + step * HOUR_MS;
    void goTo(console, to >= now ? null : new Date(to).toISOString());
  },
});

export const hourBack = byAnHour('past.hour-back', 'the past: one hour back', -1);
export const hourOn = byAnHour('past.hour-on', 'the past: one hour on, up to now', 1);

export const openMoment: ViewAction = {
  id: 'past.moment',
  title: 'the past: go to a sequence, a time, `yesterday 14:00`, `-15m`; `now` comes back',
  run: (console) => openPrompt(console, {kind: 'moment'}, ''),
};
