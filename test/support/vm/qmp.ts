import {connect, type Socket} from 'node:net';
import {createInterface} from 'node:readline';

import {z} from 'zod';

/** QEMU's control line, as its QMP reference has it. */
export interface Qmp {
  /** Runs a command. @throws an Error with the command and QEMU's own words */
  execute(command: string, words?: Readonly<Record<string, unknown>>): Promise<unknown>;
  /** Calls with each event of a name; gives back how to end that. */
  onEvent(name: string, listener: (data: Readonly<Record<string, unknown>>) => void): () => void;
  close(): void;
}

const Message = z.union([
  z.object({QMP: z.object({})}),
  z.object({id: z.number(), return: z.unknown()}),
  z.object({id: z.number(), error: z.object({class: z.string(), desc: z.string()})}),
  z.object({event: z.string(), data: z.record(z.string(), z.unknown()).optional()}),
]);

interface Waiting {
  readonly command: string;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Connects to a QMP socket and agrees on its capabilities. */
export async function connectQmp(path: string): Promise<Qmp> {
  const socket = connect(path);
  const waiting = new Map<number, Waiting>();
  const listeners = new Map<string, Set<(data: Readonly<Record<string, unknown>>) => void>>();
  const greeted = Promise.withResolvers<void>();
  const lines = createInterface({input: socket});
  lines.on('error', () => {}); // the socket says it too
  lines.on('line', (line) => {
    const message = Message.parse(JSON.parse(line));
    if ('QMP' in message) {
      greeted.resolve();
    } else if ('event' in message) {
      for (const listener of listeners.get(message.event) ?? []) listener(message.data ?? {});
    } else {
      const asked = waiting.get(message.id);
      waiting.delete(message.id);
      if ('error' in message) {
        asked?.reject(new Error(`QMP ${asked.command}: ${message.error.desc}`));
      } else {
        asked?.resolve(message.return);
      }
    }
  });
  const fail = (error: Error): void => {
    greeted.reject(error);
    for (const {command, reject} of waiting.values()) {
      reject(new Error(`QMP ${command}: ${error.message}`));
    }
    waiting.clear();
  };
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('QEMU has closed the line')));
  const execute = createExecute(socket, waiting);
  await greeted.promise;
  await execute('qmp_capabilities');
  return {
    execute,
    onEvent(name, listener) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(listener));
      return () => set.delete(listener);
    },
    close: () => socket.destroy(),
  };
}

function createExecute(socket: Socket, waiting: Map<number, Waiting>): Qmp['execute'] {
  let last = 0;
  return (command, words = {}) =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, {command, resolve, reject});
      socket.write(`${JSON.stringify({execute: command, arguments: words, id: last})}\n`);
    });
}
