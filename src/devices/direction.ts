import type {Direction} from '#domain/port/events.ts';
import type {FoundFunction} from './classify.ts';
import {isFit} from './match.ts';

/** What a function is to the leaf: as its class says, or by the parts that it has. */
export function directionOf({class: {direction, oneWay}, members}: FoundFunction): Direction {
  if (oneWay === undefined) {
    return direction;
  }
  const isIn = members.some((member) => isFit(oneWay.in, member));
  const isOut = members.some((member) => isFit(oneWay.out, member));
  return isIn === isOut ? direction : isIn ? 'in' : 'out';
}
