import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

import {findPlaces} from '#drivers/home/places.ts';
import {processStart} from '#drivers/home/process-start.ts';
import {createRuntimeFiles} from '#drivers/home/runtime-file.ts';
import {leafLocatorSuite} from '#test/contract/leaf-locator.suite.ts';

leafLocatorSuite('home', async () => {
  const home = await mkdtemp(join(tmpdir(), 'cim-locator-'));
  const places = findPlaces(home, {});
  const fileOf = (pid: number) => ({
    ...{leafId: 'test-leaf', url: 'nats://127.0.0.1:4222', version: '0.1.0'},
    ...{pid, startTime: processStart(pid) ?? '', home, credsDir: places.creds},
  });
  return {
    ours: fileOf(process.pid),
    another: fileOf(process.ppid),
    locator: (actor, credsPath) => createRuntimeFiles(places, {actor, credsPath}),
    async admit(actor) {
      const path = join(places.creds, `${actor}.creds`);
      await mkdir(places.creds, {recursive: true});
      await writeFile(path, '');
      return path;
    },
    stop: () => rm(home, {recursive: true}),
  };
});
