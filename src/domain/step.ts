import type {Fact} from './catalogue.ts';

/** A fact at its place in the stream: all that evolve may know of an event. */
export interface Step {
  readonly sequence: number;
  readonly time: string;
  readonly fact: Fact;
}
