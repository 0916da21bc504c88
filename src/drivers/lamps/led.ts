import {readdirSync, readFileSync, realpathSync, writeFileSync} from 'node:fs';
import {basename, join} from 'node:path';

import {alternate} from './blink.ts';

/** A lamp that the kernel lets us turn on and off. */
export type Led = (signal: AbortSignal) => Promise<void>;

/** Folders of /sys/class that name what has a node in /dev. */
const NODE_CLASSES = ['block', 'input', 'tty', 'sound', 'video4linux'];

/**
 * The lamp of a node or an interface: one of its enclosure, else of the LED class those that belong
 * to the same device. Together: of a keyboard's five, which it says it has, two are in no housing.
 * undefined: it has none, or we may not.
 */
export function findLed(name: string, sysRoot: string): Led | undefined {
  const device = deviceOf(basename(name), sysRoot);
  if (device === undefined) {
    return undefined;
  }
  const slot = namesIn(device).find((entry) => entry.startsWith('enclosure_device:'));
  const locate = slot === undefined ? undefined : join(device, slot, 'locate');
  if (locate !== undefined && read(locate) !== undefined) {
    return (signal) => shine(locate, signal);
  }
  const leds = namesIn(`${sysRoot}/class/leds`).map((led) => `${sysRoot}/class/leds/${led}`);
  const own = leds.filter((led) => `${resolved(led)}/`.startsWith(`${device}/`));
  const made = own.filter((path) => /locate|identify|fault/.test(path));
  const chosen = made.length > 0 ? made : own;
  return chosen.length === 0
    ? undefined
    : async (signal) => {
        await Promise.all(chosen.map((led) => blink(led, signal)));
      };
}

function deviceOf(name: string, sysRoot: string): string | undefined {
  const folders = ['net', ...NODE_CLASSES].map((each) => `${sysRoot}/class/${each}/${name}/device`);
  return folders.map(resolved).find((path) => path !== undefined);
}

/** The kernel blinks it by itself while it is 1. */
async function shine(path: string, signal: AbortSignal): Promise<void> {
  const before = read(path) ?? '0';
  writeFileSync(path, '1');
  await untilAborted(signal);
  writeFileSync(path, before);
}

/** By hand: the kernel's own timer need not be loaded. What lit it before does so again. */
async function blink(led: string, signal: AbortSignal): Promise<void> {
  const [, trigger = 'none'] = /\[(.+?)\]/.exec(read(`${led}/trigger`) ?? '') ?? [];
  const brightness = read(`${led}/brightness`) ?? '0';
  const full = read(`${led}/max_brightness`) ?? '1';
  writeFileSync(`${led}/trigger`, 'none');
  try {
    await alternate((isOn) => writeFileSync(`${led}/brightness`, isOn ? full : '0'), signal);
  } finally {
    writeFileSync(`${led}/brightness`, brightness);
    writeFileSync(`${led}/trigger`, trigger);
  }
}

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
    }
    signal.addEventListener('abort', () => resolve(), {once: true});
  });

function resolved(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined; // not there
  }
}

function namesIn(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch {
    return []; // not there
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return undefined; // not there, or not for us
  }
}
