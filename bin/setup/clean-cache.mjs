import {existsSync, readdirSync} from 'node:fs';
import {cacheFolder} from './cache.mjs';
import {reasonOf, run} from './processes.mjs';
import {runMain, say, step} from './terminal.mjs';

/* npm run clean:cache: removes what setup and the stages of the tests have kept. */
await runMain(async () => {
  const cache = cacheFolder(process.env);
  if (!existsSync(cache)) {
    say(`nothing is kept in ${cache}`);
    return 0;
  }
  const names = readdirSync(cache).join(', ');
  return await step(
    `removing ${cache}: ${names}; the next start fetches what it needs`,
    async () => {
      const {code, ...rest} = await run('rm', ['-rf', '--one-file-system', cache]);
      if (code !== 0) say(`not all of it: ${reasonOf({code, ...rest})}`);
      return code;
    },
  );
});
