import type {Fact} from '../catalogue.ts';
import {settingsWords} from './settings.ts';

type ChangeFact = Extract<Fact, {type: `cim.port.change-${string}`}>;

/** Words for the events of a change of a port's hardware state. */
export function describePortChange(fact: ChangeFact): {
  readonly what: string;
  readonly detail: string;
} {
  const {data, type} = fact;
  const words = settingsWords(data.change);
  switch (type) {
    case 'cim.port.change-requested.v1': {
      const {trySeconds} = fact.data;
      return {
        what: 'wanted',
        detail: trySeconds === null ? words : `${words}, for ${trySeconds} s`,
      };
    }
    case 'cim.port.change-applied.v1': {
      const {deadline, occasion} = fact.data;
      const until = deadline === null ? '' : ', unless confirmed it comes back';
      return {what: occasion === 'wish' ? 'applied' : 'applied again', detail: `${words}${until}`};
    }
    case 'cim.port.change-failed.v1': {
      const {reason, undone} = fact.data;
      return {what: 'failed', detail: `${words}: ${reason}${undone ? '' : '; not all is undone'}`};
    }
    case 'cim.port.change-confirmed.v1':
      return {what: 'confirmed', detail: words};
    case 'cim.port.change-reverted.v1': {
      const {undone, detail} = fact.data;
      const rest = undone ? '' : `; not all: ${detail ?? 'see the log'}`;
      return {what: 'reverted', detail: `not confirmed: ${words}${rest}`};
    }
  }
}
