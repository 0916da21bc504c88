import {mkdtemp, rm} from 'node:fs/promises';
import {createServer, type Socket} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createConnection, type Message, messageType} from 'dbus-native';

/** A socket where a bus should be, with a word of the test's own for whoever comes. */
export interface MadeUpBus {
  readonly address: string;
  /** How many are connected. */
  connections(): number;
  stop(): Promise<void>;
}

/** Takes connections, and says nothing, not even who it is. `await stop()` afterwards, always. */
export const createMuteSocket = (): Promise<MadeUpBus> => listen((socket) => void socket.resume());

/** Knows everybody, and has one answer to all calls; null: none. `await stop()` afterwards. */
export const createOneWordBus = (answer: Partial<Message> | null): Promise<MadeUpBus> =>
  listen((socket) => {
    const connection = createConnection({stream: socket, server: true});
    connection.on('error', () => undefined); // its client may leave at any time
    if (answer !== null) {
      connection.on('message', ({serial: replySerial = 0}) => {
        connection.message({type: messageType.methodReturn, serial: 1, replySerial, ...answer});
      });
    }
  });

async function listen(welcome: (socket: Socket) => void): Promise<MadeUpBus> {
  const folder = await mkdtemp(join(tmpdir(), 'cim-bus-'));
  const path = join(folder, 'bus');
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    welcome(socket);
  });
  const listening = Promise.withResolvers<void>();
  server.listen(path, listening.resolve);
  await listening.promise;
  return {
    address: `unix:path=${path}`,
    connections: () => open.size,
    async stop() {
      for (const socket of open) {
        socket.destroy();
      }
      server.close();
      await rm(folder, {recursive: true, force: true});
    },
  };
}
