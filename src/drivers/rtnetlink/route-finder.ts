import {z} from 'zod';

import type {ProcessRunner} from '#contracts/process-runner.ts';
import type {RouteFinder} from '#contracts/route-finder.ts';

const Routes = z.array(z.object({dev: z.string().optional()}));
const TIMEOUT_MS = 2000;

/** Asks the kernel's routing table by `ip route get`. */
export const createRouteFinder = (runner: ProcessRunner): RouteFinder => ({
  async interfaceTo(address, signal) {
    const [, plain, zone] = /^([\da-fA-F:.]+)(?:%(\w[\w.-]{0,14}))?$/.exec(address) ?? [];
    if (plain === undefined) {
      return null; // a name: what is claimed is never handed on unread
    }
    const through = zone === undefined ? [] : ['dev', zone];
    const args = ['-j', 'route', 'get', plain, ...through];
    const {exitCode, stdout} = await runner.run('ip', args, {timeoutMs: TIMEOUT_MS, signal});
    if (exitCode !== 0) {
      return null;
    }
    const routes = Routes.safeParse(JSON.parse(stdout));
    return routes.success ? (routes.data[0]?.dev ?? null) : null;
  },
});
