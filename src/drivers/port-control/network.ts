import {z} from 'zod';
import type {PlainStep} from '#contracts/port-control.ts';
import type {ProcessRunner} from '#contracts/process-runner.ts';
import {CimError} from '#domain/errors.ts';
import type {PortSettings} from '#domain/port/settings.ts';
import {runProgram} from './carry-out.ts';

const Links = z.array(
  z.object({
    flags: z.array(z.string()),
    mtu: z.number().int(),
  }),
);

const Addresses = z.array(
  z.object({
    addr_info: z
      .array(
        z.object({
          local: z.string().optional(),
          prefixlen: z.number().int().optional(),
          broadcast: z.string().optional(),
          scope: z.string().optional(),
          valid_life_time: z.number().optional(),
          preferred_life_time: z.number().optional(),
        }),
      )
      .default([]),
  }),
);

/** How an interface is set. @throws CimError when `ip` cannot tell */
export async function readNetwork(
  runner: ProcessRunner,
  name: string,
  signal: AbortSignal,
): Promise<PortSettings> {
  const text = await showLink(runner, name, signal);
  if (text === undefined) {
    return {};
  }
  const [link] = parse(Links, text, name);
  const speedMbps = await readSpeed(runner, name, signal);
  return {
    ...(link === undefined ? {} : {link: link.flags.includes('UP') ? 'up' : 'down'}),
    ...(link === undefined ? {} : {mtu: link.mtu}),
    ...(speedMbps === undefined ? {} : {speedMbps}),
  };
}

/** undefined: it has gone, as the interface of a USB adapter does with what is disabled. */
async function showLink(
  runner: ProcessRunner,
  name: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    return await runProgram(runner, ['ip', '-j', 'link', 'show', 'dev', name], signal);
  } catch (error) {
    if (error instanceof CimError && /does not exist/.test(error.message)) {
      return undefined;
    }
    throw error;
  }
}

/** What is set, not what was agreed; undefined: there is no ethtool, or it has nothing to tell. */
async function readSpeed(
  runner: ProcessRunner,
  name: string,
  signal: AbortSignal,
): Promise<number | 'auto' | undefined> {
  try {
    const text = await runProgram(runner, ['ethtool', name], signal);
    if (/^\s*Auto-negotiation: on$/m.test(text)) {
      return 'auto';
    }
    const [, speed] = /^\s*Speed: (\d+)Mb\/s$/m.exec(text) ?? [];
    return speed === undefined ? undefined : Number(speed);
  } catch {
    signal.throwIfAborted();
    return undefined; // the speed is one thing of many: without ethtool it is not known
  }
}

export const linkStep = (name: string, link: 'up' | 'down'): PlainStep => ({
  kind: 'run',
  argv: ['ip', 'link', 'set', 'dev', name, link],
});

export const mtuStep = (name: string, mtu: number): PlainStep => ({
  kind: 'run',
  argv: ['ip', 'link', 'set', 'dev', name, 'mtu', String(mtu)],
});

export const speedStep = (name: string, speed: number | 'auto'): PlainStep => ({
  kind: 'run',
  argv:
    speed === 'auto'
      ? ['ethtool', '-s', name, 'autoneg', 'on']
      : ['ethtool', '-s', name, 'speed', String(speed), 'duplex', 'full', 'autoneg', 'off'],
});

/** What a link takes away when it is set down: its addresses and routes, to be set again. */
export async function layersSteps(
  runner: ProcessRunner,
  name: string,
  signal: AbortSignal,
): Promise<readonly PlainStep[]> {
  const text = await runProgram(runner, ['ip', '-j', 'addr', 'show', 'dev', name], signal);
  const addresses = parse(Addresses, text, name)
    .flatMap(({addr_info}) => addr_info)
    .filter(({scope, local}) => scope !== 'link' && local !== undefined)
    .map((address) => addressStep(name, address));
  const routes: PlainStep[] = [];
  for (const family of ['-4', '-6']) {
    const argv = ['ip', family, 'route', 'show', 'table', 'all', 'dev', name];
    const lines = (await runProgram(runner, argv, signal)).split('\n');
    routes.push(...routeSteps(name, family, lines));
  }
  return [...addresses, ...routes];
}

type Address = z.infer<typeof Addresses>[number]['addr_info'][number];

/** `ip` prints this for what never ends. */
const FOREVER = 4_294_967_295;

function addressStep(name: string, address: Address): PlainStep {
  const {local, prefixlen, broadcast, valid_life_time: valid = FOREVER} = address;
  const {preferred_life_time: preferred = FOREVER} = address;
  const until =
    valid === FOREVER ? [] : ['valid_lft', String(valid), 'preferred_lft', String(preferred)];
  const all = broadcast === undefined ? [] : ['brd', broadcast];
  return {
    kind: 'run',
    argv: ['ip', 'addr', 'replace', `${local}/${prefixlen}`, ...all, 'dev', name, ...until],
  };
}

/** Kinds of routes that the kernel keeps by itself. */
const OWN_ROUTE = /^(?:local|broadcast|multicast|anycast|unreachable|throw|blackhole|prohibit)\b/;
/** Words of `ip` that tell how a route stands, and cannot be given. */
const STATE_WORDS: ReadonlySet<string> = new Set([
  'linkdown',
  'dead',
  'offload',
  'trap',
  'pervasive',
]);

/** Routes as `ip` prints them are what it takes; what leads to a gateway comes last. */
export function routeSteps(
  name: string,
  family: string,
  lines: readonly string[],
): readonly PlainStep[] {
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== '' && !OWN_ROUTE.test(line) && !/\bproto kernel\b/.test(line))
    .map((line) => line.replace(/\b(?:expires|error|pref) \S+/g, '').split(/\s+/))
    .map((words) => words.filter((word) => word !== '' && !STATE_WORDS.has(word)))
    .sort((a, b) => Number(a.includes('via')) - Number(b.includes('via')))
    .map((words) => ({
      kind: 'run',
      argv: ['ip', family, 'route', 'replace', ...words, 'dev', name],
    }));
}

function parse<T>(schema: z.ZodType<T>, text: string, name: string): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new CimError('process-failed', `read ${name}: ip printed something else`, {cause});
  }
}
