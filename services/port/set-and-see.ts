import type {Clock} from '#contracts/clock.ts';
import type {ControlledPort, PortControl} from '#contracts/port-control.ts';
import {CimError} from '#domain/errors.ts';
import {
  changedNames,
  type PortSettings,
  pickSettings,
  settingsWords,
} from '#domain/port/settings.ts';

/** A link negotiates, a driver probes: so long what was set may take until it reads so. */
const SEEN_WITHIN_MS = 3000;
const LOOK_EVERY_MS = 100;

/**
 * Sets a port, and resolves when it reads so. An empty port reads nothing, and is not set.
 * @throws CimError as `PortControl.apply`, `time-is-up` when it does not read so in time
 */
export async function setAndSee(
  {
    control,
    clock,
    signal,
  }: {readonly control: PortControl; readonly clock: Clock; readonly signal: AbortSignal},
  target: ControlledPort,
  settings: PortSettings,
): Promise<void> {
  if (target.devpaths.length === 0) {
    return;
  }
  await control.apply(target, settings, signal);
  const names = changedNames(settings);
  const endMs = clock.monotonicMs() + SEEN_WITHIN_MS;
  for (;;) {
    const seen = await control.read(target, signal);
    const rest = differing(settings, seen);
    if (rest.length === 0) {
      return;
    }
    if (clock.monotonicMs() >= endMs) {
      const words = settingsWords(pickSettings(seen, names)) || 'nothing';
      throw new CimError('time-is-up', `set ${target.portId}: it reads ${words}`);
    }
    await pause(clock, LOOK_EVERY_MS);
  }
}

/** Names of settings that read otherwise than wanted. */
export const differing = (wanted: PortSettings, seen: PortSettings) =>
  changedNames(wanted).filter((name) => wanted[name] !== seen[name]);

const pause = (clock: Clock, ms: number): Promise<void> =>
  new Promise((resolve) => {
    clock.after(ms, resolve);
  });
