import {readFileSync} from 'node:fs';
import {basename} from 'node:path';
import type {Log} from '#contracts/log.ts';
import type {BlinkOptions, LampKind, LampQuestion, PortLamps} from '#contracts/port-lamps.ts';
import type {ProcessRunner} from '#contracts/process-runner.ts';
import {DISK, readDisk} from './disk.ts';
import {findLed} from './led.ts';

export interface PortLampsOptions {
  readonly runner: ProcessRunner;
  readonly log: Log;
  readonly sysRoot?: string | undefined;
}

/** Begins to blink and resolves when it has ended; null: it cannot. */
type Attempt = (options: BlinkOptions) => Promise<LampKind | null>;

const SECTOR_BYTES = 512;

/** Lamps of this machine: the LED class and enclosures, `ethtool --identify`, disk activity. */
export function createPortLamps({runner, log, sysRoot = '/sys'}: PortLampsOptions): PortLamps {
  const attempts = ({nodes, interfaces}: LampQuestion): readonly Attempt[] => [
    ...[...nodes, ...interfaces].map((name) => byLed(name, sysRoot)),
    ...interfaces.map((name) => byEthtool(name, runner)),
    ...nodes
      .filter((node) => DISK.test(basename(node)))
      .map((node) => byReading(node, {runner, sysRoot})),
  ];
  return {
    async blink(question, options) {
      const {durationMs, signal} = options;
      const ending = AbortSignal.any([signal, AbortSignal.timeout(durationMs)]);
      for (const attempt of attempts(question)) {
        try {
          const kind = await attempt({...options, signal: ending});
          if (kind !== null) {
            return kind;
          }
        } catch (error) {
          log.warn(`let a lamp blink: ${error instanceof Error ? error.message : String(error)}`);
        }
      }
      return null;
    },
  };
}

const byLed =
  (name: string, sysRoot: string): Attempt =>
  async ({signal, onBegun}) => {
    const led = findLed(name, sysRoot);
    if (led === undefined) {
      return null;
    }
    onBegun('led');
    await led(signal);
    return 'led';
  };

/** A card that cannot says so within this; one that can blinks until it is ended. */
const ETHTOOL_MS = 300;

const byEthtool =
  (name: string, runner: ProcessRunner): Attempt =>
  async ({signal, onBegun}) => {
    const running = await runner.lines('ethtool', ['--identify', name], {onLine: () => {}});
    const early = Promise.withResolvers<'blinks'>();
    const timer = setTimeout(() => early.resolve('blinks'), ETHTOOL_MS);
    const how = await Promise.race([running.ended, early.promise]);
    clearTimeout(timer);
    if (how !== 'blinks') {
      return null;
    }
    onBegun('ethtool');
    signal.addEventListener('abort', () => running.kill(), {once: true});
    if (signal.aborted) {
      running.kill();
    }
    await running.ended;
    return 'ethtool';
  };

const byReading =
  (node: string, {runner, sysRoot}: Pick<PortLampsOptions, 'runner' | 'sysRoot'>): Attempt =>
  async ({signal, onBegun}) => {
    const text = readFileSync(`${sysRoot}/class/block/${basename(node)}/size`, 'utf8');
    const sizeBytes = Number(text) * SECTOR_BYTES;
    if (sizeBytes === 0) {
      return null;
    }
    await readDisk(node, {runner, sizeBytes, signal, onBegun: () => onBegun('disk')});
    return 'disk';
  };
