import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import {join, resolve} from 'node:path';

import type {Log} from '#contracts/log.ts';
import type {ProcessRunner} from '#contracts/process-runner.ts';
import type {RoleLinks} from '#contracts/role-links.ts';
import {CimError} from '#domain/errors.ts';
import type {RoleLinkLimit} from '#domain/role/link.ts';
import {printRules, RULES_NAME} from './rules-text.ts';
import {findUdevd} from './udevd.ts';

export interface UdevRoleLinksOptions {
  readonly runner: ProcessRunner;
  readonly log: Log;
  readonly sysRoot?: string | undefined;
  readonly runRoot?: string | undefined;
  readonly devRoot?: string | undefined;
  readonly procRoot?: string | undefined;
}

const LIMIT_MS = 20_000;
/** `udevadm verify` came with this version. */
const VERIFIES_FROM = 254;

/** Links by a file of rules in /run/udev/rules.d, which udevd alone carries out. */
export function createUdevRoleLinks(options: UdevRoleLinksOptions): RoleLinks {
  const {runner, log, sysRoot = '/sys', runRoot = '/run', devRoot = '/dev'} = options;
  const {procRoot = '/proc'} = options;
  const udevFolder = join(runRoot, 'udev');
  const rulesFolder = join(udevFolder, 'rules.d');
  let written: string | undefined;
  let version: number | undefined;

  const udevadm = async (signal: AbortSignal, ...args: readonly string[]): Promise<string> => {
    const {exitCode, stdout, stderr} = await runner.run('udevadm', args, {
      timeoutMs: LIMIT_MS,
      signal,
    });
    if (exitCode !== 0) {
      const words = stderr.trim().split('\n').slice(0, 3).join('; ');
      throw new CimError('udev-failed', `udevadm ${args[0]} exited ${exitCode}: ${words}`);
    }
    return stdout;
  };
  const verify = async (path: string, signal: AbortSignal): Promise<void> => {
    version ??= Number.parseInt(await udevadm(signal, '--version'), 10);
    if (version >= VERIFIES_FROM) {
      await udevadm(signal, 'verify', '--no-style', path);
    }
  };
  return {
    limit: () => limitOf({procRoot, runRoot, udevFolder}),
    async write(rules, signal) {
      const {text, refused} = printRules(rules);
      for (const {rule, reason} of refused) {
        log.warn(`role ${rule.role}: ${reason}`);
      }
      const target = join(rulesFolder, RULES_NAME);
      if (text === written && readText(target) === text) {
        return;
      }
      mkdirSync(rulesFolder, {recursive: true});
      // Beside the folder of rules: what is half there is no rule, and a rename is one step.
      const folder = mkdtempSync(join(udevFolder, 'cim-'));
      try {
        const path = join(folder, RULES_NAME);
        writeFileSync(path, text, {mode: 0o644});
        await verify(path, signal);
        renameSync(path, target);
      } finally {
        rmSync(folder, {recursive: true, force: true});
      }
      await udevadm(signal, 'control', '--reload');
      written = text;
    },
    isWritten: () => existsSync(join(rulesFolder, RULES_NAME)),
    async trigger(devpaths, signal) {
      // What has gone meanwhile has no link any more, and would fail the rest.
      const paths = devpaths
        .flatMap((devpath) => [devpath, ...inputAbove(devpath)])
        .map((devpath) => `${sysRoot}${devpath}`)
        .filter(existsSync);
      if (paths.length > 0) {
        await udevadm(signal, 'trigger', '--action=change', ...paths);
      }
    },
    read: () => new Map(linksBelow(join(devRoot, 'cim'), devRoot)),
    muted: () => new Set(mutedNodes(sysRoot)),
  };
}

/** What mutes an event node is done to the input that it belongs to. */
const inputAbove = (devpath: string): readonly string[] =>
  /\/input\d+\/event\d+$/.test(devpath) ? [devpath.slice(0, devpath.lastIndexOf('/'))] : [];

interface Roots {
  readonly procRoot: string;
  readonly runRoot: string;
  readonly udevFolder: string;
}

function limitOf({procRoot, runRoot, udevFolder}: Roots): RoleLinkLimit | null {
  const {isAlive} = findUdevd({procRoot, runRoot});
  if (!isAlive) {
    return {refused: 'no-udev', detail: 'links of roles are not made'};
  }
  try {
    accessSync(udevFolder, constants.W_OK);
    return null;
  } catch {
    return {refused: 'needs-root', detail: `rules go to ${udevFolder}/rules.d`};
  }
}

/** Paths as everybody sees them, whatever the root is called here. */
function* linksBelow(folder: string, devRoot: string): Generator<readonly [string, string]> {
  for (const entry of entriesOf(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      yield* linksBelow(path, devRoot);
    } else if (entry.isSymbolicLink()) {
      const target = readTarget(path);
      if (target !== undefined) {
        yield [asDev(path, devRoot), asDev(resolve(folder, target), devRoot)];
      }
    }
  }
}

const asDev = (path: string, devRoot: string): string =>
  path.startsWith(`${devRoot}/`) ? `/dev${path.slice(devRoot.length)}` : path;

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, {withFileTypes: true});
  } catch {
    return []; // no role has a link yet
  }
}

/** Event nodes of inputs that the kernel keeps silent. */
function* mutedNodes(sysRoot: string): Generator<string> {
  const folder = join(sysRoot, 'class', 'input');
  for (const {name} of entriesOf(folder)) {
    if (name.startsWith('event') && readText(join(folder, name, 'device/inhibited')) === '1\n') {
      yield `/dev/input/${name}`;
    }
  }
}

function readTarget(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined; // udev has just taken it away
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined; // not written yet, or somebody took it away
  }
}
