import {once} from 'node:events';
import {type AddressInfo, createConnection, createServer, type Socket} from 'node:net';

/** Stands between one client and its NATS server, and pings the client as the server would. */
export interface NatsTap {
  readonly url: string;
  /** How often a client has connected. */
  connections(): number;
  /** Sends a PING to the client that connected last; resolves at its PONG, with the milliseconds. */
  ping(): Promise<number>;
  close(): void;
}

/** Opens a tap in front of a server on loopback. */
export async function tapNats(serverUrl: string): Promise<NatsTap> {
  const {hostname, port} = new URL(serverUrl);
  const sockets = new Set<Socket>();
  let count = 0;
  let line: TappedLine | undefined;
  const server = createServer((client) => {
    const upstream = createConnection({host: hostname, port: Number(port)});
    count += 1;
    line = tapLine(client, upstream);
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => other.destroy());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const {port: ownPort} = server.address() as AddressInfo;
  return {
    url: `nats://127.0.0.1:${ownPort}`,
    connections: () => count,
    ping() {
      if (line === undefined) {
        throw new Error('no client has connected');
      }
      return line.ping();
    },
    close() {
      server.close();
      for (const socket of sockets) {
        socket.destroy();
      }
    },
  };
}

interface TappedLine {
  ping(): Promise<number>;
}

function tapLine(client: Socket, upstream: Socket): TappedLine {
  /** Who waits for the client's next PONG, in order: the server itself waits, too. */
  const waiting: (() => void)[] = [];
  const due: (() => void)[] = [];
  const fromServer = createOps((op) => {
    if (op === 'PING') {
      waiting.push(() => undefined);
    }
  });
  const fromClient = createOps((op) => {
    if (op === 'PONG') {
      waiting.shift()?.();
    }
  });
  const pingIfBetweenOps = (): void => {
    if (fromServer.isBetween()) {
      for (const wait of due.splice(0)) {
        waiting.push(wait);
        client.write('PING\r\n');
      }
    }
  };
  upstream.on('data', (bytes) => {
    client.write(bytes);
    fromServer.push(bytes);
    pingIfBetweenOps();
  });
  client.on('data', (bytes) => {
    upstream.write(bytes);
    fromClient.push(bytes);
  });
  return {
    ping() {
      const begun = performance.now();
      return new Promise((resolve) => {
        due.push(() => resolve(performance.now() - begun));
        pingIfBetweenOps();
      });
    },
  };
}

/** Cuts one direction of the protocol into operations, by their names. */
function createOps(onOp: (name: string) => void) {
  let rest = Buffer.alloc(0);
  const next = (): boolean => {
    const end = rest.indexOf('\r\n');
    if (end < 0) {
      return false;
    }
    const line = rest.toString('latin1', 0, end);
    const [name = ''] = line.split(' ');
    const payload = /^H?(MSG|PUB)$/.test(name) ? Number(line.split(' ').at(-1)) + 2 : 0;
    if (rest.length < end + 2 + payload) {
      return false;
    }
    rest = rest.subarray(end + 2 + payload);
    onOp(name);
    return true;
  };
  return {
    push(bytes: Uint8Array) {
      rest = Buffer.concat([rest, bytes]);
      while (next()) {
        // until what is left is no whole operation
      }
    },
    isBetween: () => rest.length === 0,
  };
}
