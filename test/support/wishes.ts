import type {Recorded} from '#domain/envelope.ts';
import type {Inventory} from '#projections/inventory.ts';
import {USE_CASES} from '#services/registry.ts';
import type {Stake, Verdict} from '#services/use-case.ts';

/** Id of a wish that is given none. */
export const WISH_ID = '01890000-0000-7000-8000-00000000000a';

/** Decides a wish by its name, `port.label`, as the dispatcher does. */
export function decide(
  name: string,
  inventory: Inventory,
  wish: {
    readonly id?: string;
    readonly target: string;
    readonly data?: Record<string, unknown>;
    readonly seen?: number;
    readonly event?: Recorded;
    readonly newer?: Recorded;
    readonly stake?: Stake;
    readonly time?: string;
  },
): Verdict {
  const found = USE_CASES.find(({command}) => `${command.aggregate}.${command.verb}` === name);
  if (found === undefined) {
    throw new TypeError(`no use case ${name}`);
  }
  const {id = WISH_ID, target, data = {}, seen, event, newer, stake, time} = wish;
  return found.decide(inventory, {id, target, data, seen}, {event, newer, stake, time});
}

/** The code of a refusal; the facts' types, joined, when it was none. */
export const codeOf = (verdict: Verdict): string =>
  'refused' in verdict ? verdict.refused : verdict.map(({type}) => type).join(' ');
