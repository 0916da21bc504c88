import {z} from 'zod';

import type {InterfaceNames} from '#contracts/interface-names.ts';
import type {ProcessRunner, RunResult} from '#contracts/process-runner.ts';
import {CimError} from '#domain/errors.ts';

const LIMIT_MS = 5000;

const Links = z.array(z.object({ifname: z.string(), altnames: z.array(z.string()).optional()}));

export interface InterfaceNamesOptions {
  readonly runner: ProcessRunner;
  /** Effective user id of this process. */
  readonly uid: number | undefined;
}

/** Alternative names by `ip link property`: they hold until the interface goes. */
export function createInterfaceNames({runner, uid}: InterfaceNamesOptions): InterfaceNames {
  const ip = (signal: AbortSignal, ...args: readonly string[]): Promise<RunResult> =>
    runner.run('ip', args, {timeoutMs: LIMIT_MS, signal});
  return {
    limit: () =>
      uid === 0 ? null : {refused: 'needs-root', detail: 'names of interfaces are not given'},
    async read(signal) {
      const {exitCode, stdout, stderr} = await ip(signal, '-j', 'link', 'show');
      if (exitCode !== 0) {
        throw failed('ip link show', exitCode, stderr);
      }
      const links = Links.safeParse(JSON.parse(stdout));
      return new Map(
        (links.data ?? []).flatMap(({ifname, altnames = []}) =>
          altnames.map((name) => [name, ifname] as const),
        ),
      );
    },
    async add(name, interfaceName, signal) {
      const args = ['link', 'property', 'add', 'dev', interfaceName, 'altname', name];
      const {exitCode, stderr} = await ip(signal, ...args);
      if (exitCode !== 0) {
        throw /File exists/.test(stderr)
          ? new CimError('name-taken', `call ${interfaceName} "${name}"`)
          : failed(args.join(' '), exitCode, stderr);
      }
    },
    async drop(name, interfaceName, signal) {
      const args = ['link', 'property', 'del', 'dev', interfaceName, 'altname', name];
      const {exitCode, stderr} = await ip(signal, ...args);
      if (exitCode !== 0 && !/Cannot find|No such|does not exist/.test(stderr)) {
        throw failed(args.join(' '), exitCode, stderr);
      }
    },
  };
}

const failed = (what: string, exitCode: number, stderr: string): CimError =>
  new CimError('process-failed', `${what}: exited ${exitCode}: ${stderr.trim()}`);
