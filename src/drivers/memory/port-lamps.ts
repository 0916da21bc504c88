import type {LampKind, PortLamps} from '#contracts/port-lamps.ts';

/** Lamps of a made-up machine, which can be looked at. */
export interface MemoryPortLamps extends PortLamps {
  /** Nodes and interfaces whose lamp blinks now. */
  blinking(): readonly string[];
}

/** Lamps by node or interface; all else has none. */
export function createMemoryPortLamps(
  lamps: Readonly<Record<string, LampKind>> = {},
): MemoryPortLamps {
  const blinking = new Set<string>();
  return {
    blinking: () => [...blinking],
    async blink({nodes, interfaces}, {durationMs, signal, onBegun}) {
      const name = [...nodes, ...interfaces].find((each) => Object.hasOwn(lamps, each));
      const kind = name === undefined ? undefined : lamps[name];
      if (name === undefined || kind === undefined) {
        return null;
      }
      blinking.add(name);
      onBegun(kind);
      const ended = AbortSignal.any([signal, AbortSignal.timeout(durationMs)]);
      if (!ended.aborted) {
        await new Promise((resolve) => {
          ended.addEventListener('abort', resolve, {once: true});
        });
      }
      blinking.delete(name);
      return kind;
    },
  };
}
