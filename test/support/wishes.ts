import type {Recorded} from '#domain/envelope.ts';
import type {Inventory} from '#projections/inventory.ts';
import {USE_CASES} from '#services/registry.ts';
import type {Verdict} from '#services/use-case.ts';

/** Decides a wish by its name, `port.label`, as the dispatcher does. */
export function decide(
  name: string,
  inventory: Inventory,
  wish: {
    readonly target: string;
    readonly data?: Record<string, unknown>;
    readonly seen?: number;
    readonly event?: Recorded;
    readonly newer?: Recorded;
  },
): Verdict {
  const found = USE_CASES.find(({command}) => `${command.aggregate}.${command.verb}` === name);
  if (found === undefined) {
    throw new TypeError(`no use case ${name}`);
  }
  const {target, data = {}, seen, event, newer} = wish;
  return found.decide(inventory, {target, data, seen}, {event, newer});
}

/** The code of a refusal; the facts' types, joined, when it was none. */
export const codeOf = (verdict: Verdict): string =>
  'refused' in verdict ? verdict.refused : verdict.map(({type}) => type).join(' ');
