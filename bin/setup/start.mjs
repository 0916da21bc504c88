import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {provideBundle} from './bundle.mjs';
import {cacheFolder} from './cache.mjs';
import {provideDependencies} from './dependencies.mjs';
import {provideNatsServer} from './nats-server.mjs';
import {runMain} from './terminal.mjs';
import {writeTools} from './tools.mjs';
import {provideUdevadm} from './udevadm.mjs';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * Makes a checkout ready to start: each step does nothing, and says nothing, when its work is there
 * already. Throws one sentence when something is missing that the console cannot do without.
 */
export async function setUp() {
  const {env} = process;
  const cache = cacheFolder(env);
  await provideDependencies({root: ROOT, env});
  await provideBundle({root: ROOT, cache});
  const udevadm = await provideUdevadm({env});
  const {path, version} = await provideNatsServer({cache, env});
  writeTools(cache, {natsServer: path, version, udevadm});
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await runMain(async () => {
    await setUp();
    return 0;
  });
}
