import type {LeafAddress} from '#contracts/leaf-locator.ts';
import {createProcessRunner} from '#drivers/process/process-runner.ts';
import {createRouteFinder} from '#drivers/rtnetlink/route-finder.ts';
import {type CallerWay, NO_WAY} from '#projections/hazards.ts';

import {originOfHere} from './origin.ts';

/** By which way this person has come to a leaf; it is known where the leaf is this machine. */
export async function findOwnWay(
  {pid}: Pick<LeafAddress, 'pid'>,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<CallerWay> {
  if (pid === null) {
    return NO_WAY;
  }
  const {address, tty = null} = originOfHere(env);
  const finder = createRouteFinder(createProcessRunner());
  return {interface: address === undefined ? null : await finder.interfaceTo(address, signal), tty};
}
