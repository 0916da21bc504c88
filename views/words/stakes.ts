import {settingsWords} from '#domain/port/settings.ts';
import type {HazardKind, PortRow} from '#store/ports.ts';

const WORDS: Readonly<Record<HazardKind, string>> = {
  'boot-disk': 'the system runs from it',
  'own-session': 'your own session comes through here',
  'last-uplink': 'it is the last uplink',
  'last-keyboard': 'it is the last keyboard',
};

export const stakeWord = (kind: HazardKind): string => WORDS[kind];

/** What hangs on a port, in a line. */
export const stakeWords = (kinds: readonly HazardKind[]): string =>
  kinds.map(stakeWord).join(' · ');

/** What is on trial, and how long it has still to go. */
export function trialWords(
  {change, state, deadline}: NonNullable<PortRow['change']>,
  now: number,
): string {
  const words = settingsWords(change);
  if (state === 'requested' || deadline === null) {
    return `${words}: being done`;
  }
  return `${words}: ${backWords(deadline, now)}; C confirms it`;
}

/** `comes back in 94 s`. */
export function backWords(deadline: string, now: number): string {
  const seconds = Math.ceil((Date.parse(deadline) - now) / 1000);
  return seconds > 0 ? `comes back in ${seconds} s` : 'is being taken back';
}
