import {createConnection} from 'node:net';

import {z} from 'zod';

/** What a NATS server says of itself before anything else. */
const Info = z.object({server_name: z.string(), version: z.string()});

const PROBE_LIMIT_MS = 1000;

/** Name of the NATS server that answers on a TCP port of loopback, or undefined. */
export function probeServer(tcpPort: number): Promise<string | undefined> {
  const {promise, resolve} = Promise.withResolvers<string | undefined>();
  const socket = createConnection({host: '127.0.0.1', port: tcpPort});
  let text = '';
  const settle = (name: string | undefined) => {
    socket.destroy();
    resolve(name);
  };
  socket.setTimeout(PROBE_LIMIT_MS, () => settle(undefined));
  socket.on('error', () => settle(undefined));
  socket.on('close', () => settle(undefined));
  socket.setEncoding('utf8').on('data', (part: string) => {
    text += part;
    if (text.includes('\r\n')) {
      settle(readInfo(text));
    }
  });
  return promise;
}

function readInfo(text: string): string | undefined {
  const json = /^INFO (.*)\r\n/.exec(text)?.[1];
  if (json === undefined) {
    return undefined;
  }
  try {
    return Info.parse(JSON.parse(json)).server_name;
  } catch {
    return undefined; // something else than a NATS server answers there
  }
}
