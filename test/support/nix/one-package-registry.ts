import {readFileSync} from 'node:fs';
import {createServer} from 'node:http';

import type {LockedPackage} from './npm-cache.ts';

/** An npm registry on loopback that has one package, and says how often it was fetched. */
export interface OnePackageRegistry extends AsyncDisposable {
  readonly url: string;
  readonly fetched: () => number;
}

/** Serves a package from its packed file, until it is disposed of. */
export async function serveOnePackage(
  {name, version, integrity, fileName}: LockedPackage,
  path: string,
): Promise<OnePackageRegistry> {
  let fetched = 0;
  let url = '';
  const server = createServer((request, response) => {
    if (request.url === `/${fileName}`) {
      fetched += 1;
      response.end(readFileSync(path));
    } else if (request.url === `/${name}`) {
      const dist = {tarball: `${url}/${fileName}`, integrity};
      const versions = {[version]: {name, version, dist}};
      response.end(JSON.stringify({name, 'dist-tags': {latest: version}, versions}));
    } else {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('listen on no port');
  url = `http://127.0.0.1:${address.port}`;
  return {
    url,
    fetched: () => fetched,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
