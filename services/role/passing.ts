import type {Clock} from '#contracts/clock.ts';
import type {RoleLinks} from '#contracts/role-links.ts';
import type {Uevent} from '#domain/kernel-device.ts';
import type {UnitPlaces} from './unit-places.ts';

export interface PassingOptions {
  readonly links: Pick<RoleLinks, 'trigger'>;
  readonly clock: Clock;
}

/** Has udev's rules pass over nodes that are not as they should be. */
export interface Passing {
  /** Asks once, and resolves when there are no such nodes any more, or udev has had its time. */
  over(
    nodes: () => readonly string[],
    places: Pick<UnitPlaces, 'devpathOf'>,
    signal: AbortSignal,
  ): Promise<void>;
  /** True for a record that udev answers us with: it says nothing new. */
  isEcho(uevent: Pick<Uevent, 'action' | 'devpath'>): boolean;
}

/** udev gets this long to carry out what it was asked for. */
const WAIT_MS = 2000;
const LOOK_MS = 20;
/** What it has not answered for by then, was somebody else. */
const ECHO_MS = 10_000;

/** Nothing was asked yet. */
export function createPassing({links, clock}: PassingOptions): Passing {
  /** Devpaths that udev was asked to look at, and when. */
  const asked = new Map<string, number>();
  const isRecent = (atMs: number): boolean => clock.monotonicMs() - atMs <= ECHO_MS;
  const note = (devpaths: ReadonlySet<string>): void => {
    for (const [devpath, atMs] of asked) {
      if (!isRecent(atMs)) {
        asked.delete(devpath);
      }
    }
    for (const devpath of devpaths) {
      asked.set(devpath, clock.monotonicMs());
    }
  };
  return {
    async over(nodes, places, signal) {
      // What has gone meanwhile takes its links with it.
      const devpaths = () => new Set(nodes().flatMap((node) => places.devpathOf(node) ?? []));
      const found = devpaths();
      if (found.size === 0) {
        return;
      }
      note(found);
      await links.trigger([...found], signal);
      const endMs = clock.monotonicMs() + WAIT_MS;
      while (devpaths().size > 0 && clock.monotonicMs() < endMs && !signal.aborted) {
        await new Promise<void>((resolve) => clock.after(LOOK_MS, resolve));
      }
    },
    isEcho({action, devpath}) {
      const atMs = asked.get(devpath);
      return action === 'change' && atMs !== undefined && isRecent(atMs);
    },
  };
}
