import type {Clock} from '#contracts/clock.ts';
import type {Log} from '#contracts/log.ts';
import type {PortControl} from '#contracts/port-control.ts';
import type {RevertGuard} from '#contracts/revert-guard.ts';
import {isCimError} from '#domain/errors.ts';
import type {PortSettings} from '#domain/port/settings.ts';

import type {Journal} from '../journal.ts';
import type {ChangeTeller} from './change-teller.ts';

export interface PortControllerOptions {
  readonly journal: Pick<Journal, 'inventory' | 'submit'>;
  readonly control: PortControl;
  readonly guard: RevertGuard;
  readonly clock: Clock;
  readonly log: Log;
  /** Devpaths of the unit at a position now. */
  readonly devpathsAt: (position: string) => readonly string[];
  readonly signal: AbortSignal;
}

/** What every step of a change stands on. */
export interface ControlTools extends PortControllerOptions {
  readonly teller: ChangeTeller;
  /** How a port was found, by guard, until that is told: what is begun twice is found once. */
  readonly found: Map<string, PortSettings>;
}

/** What made a port be set: somebody just wanted it, or a unit came, or the agent. */
export type Occasion = 'wish' | 'plug' | 'start';

/** What went wrong, in one line: the code's own words are in the log. */
export const reasonOf = (error: unknown): string =>
  isCimError(error) ? `${error.code}: ${error.message}` : String(error);
