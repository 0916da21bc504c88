import type {Log} from '#contracts/log.ts';
import type {RouteFinder} from '#contracts/route-finder.ts';
import type {Origin} from '#domain/command.ts';
import type {CallerWay} from '#projections/hazards.ts';

import type {Stake} from '../use-case.ts';
import type {UserWatch} from './watch-users.ts';

export interface StakeOptions {
  readonly users: Pick<UserWatch, 'readNow'>;
  readonly routes: RouteFinder;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** Who uses the ports just now, and by which way a wish has come in. */
export async function stakeOf(options: StakeOptions, origin: Origin): Promise<Stake> {
  const [users, caller] = await Promise.all([options.users.readNow(), wayOf(options, origin)]);
  return {users, caller};
}

async function wayOf(
  {routes, log, signal}: StakeOptions,
  {address, tty}: Origin,
): Promise<CallerWay> {
  try {
    const found = address === undefined ? null : await routes.interfaceTo(address, signal);
    return {interface: found, tty: tty ?? null};
  } catch (error) {
    log.error(`find the way to ${address}`, error);
    return {interface: null, tty: tty ?? null};
  }
}
