import {mkdtemp, rm} from 'node:fs/promises';
import {connect, createServer, type Server, type Socket} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

/** A line to somebody's Unix socket that a test can cut. */
export interface SocketLine {
  readonly path: string;
  /** Ends all connections, and takes no new ones. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  stop(): Promise<void>;
}

/** A socket of the test's own that leads to another one. `await stop()` afterwards, always. */
export async function openSocketLine(target: string): Promise<SocketLine> {
  const folder = await mkdtemp(join(tmpdir(), 'cim-line-'));
  const path = join(folder, 'socket');
  const open = new Set<Socket>();
  let server: Server | undefined;
  const lead = (near: Socket): void => {
    const far = connect(target);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  };
  const mend = async (): Promise<void> => {
    server = createServer(lead);
    const listening = Promise.withResolvers<void>();
    server.listen(path, listening.resolve);
    await listening.promise;
  };
  const cut = async (): Promise<void> => {
    const closed = Promise.withResolvers<void>();
    server?.close(() => closed.resolve());
    for (const socket of [...open]) {
      socket.destroy();
    }
    await closed.promise;
  };
  await mend();
  return {
    path,
    cut,
    mend,
    async stop() {
      await cut();
      await rm(folder, {recursive: true, force: true});
    },
  };
}
