import type {CimEvent} from '#domain/envelope.ts';
import type {Step} from '#domain/step.ts';
import type {TableWriter} from '#domain/table.ts';

/** An event at its place, with what its envelope says. */
export interface Happening extends Step {
  readonly event: CimEvent;
}

/** One read model: a pure function of the events so far. */
export interface Projection<State> {
  /** Raised when shape or meaning of the state changes: kept states of another one are not read. */
  readonly version: number;
  readonly initial: State;
  /** The state after one more event; the state given is left as it is. */
  evolve(state: State, happening: Happening, writer: TableWriter): State;
}
