import type {LeafClient} from '#client/leaf-client.ts';
import {describeMessage} from '#domain/event/words.ts';
import type {StoredMessage} from '#domain/message.ts';
import {stripControls} from '#domain/text.ts';

import {EXIT, type Invocation} from './verb.ts';

/** What was accepted: its target as it was named, and the sequence of its request. */
export interface Accepted {
  readonly target: string;
  readonly requested: number;
}

/** Tells what came of a wish about hardware; its exit code is that of the outcome. */
export async function followOutcome(
  {world, globals}: Invocation,
  client: LeafClient,
  {target, requested}: Accepted,
): Promise<number> {
  const request = await client.readEvent(requested);
  if (request?.kind !== 'event' || request.event.type !== 'cim.port.change-requested.v1') {
    return EXIT.done; // all of it was done with the answer
  }
  const limit = AbortSignal.timeout(globals.timeoutMs);
  const signal = AbortSignal.any([world.signal, limit]);
  try {
    for await (const message of client.events.follow({from: requested + 1, signal})) {
      const code = exitOf(message, {requested, port: request.event.subject});
      if (code !== undefined) {
        printOutcome({world, globals}, message, target);
        return code;
      }
    }
  } catch (error) {
    if (!limit.aborted) {
      throw error;
    }
  }
  if (world.signal.aborted) {
    return EXIT.interrupted;
  }
  world.err(`cim-tui: not done yet; it may still happen: \`cim-tui port show ${target}\``);
  return EXIT.timeIsUp;
}

/** undefined: the event is not the outcome of that request, or of a later one that it joined. */
function exitOf(
  message: StoredMessage,
  {requested, port}: {readonly requested: number; readonly port: string},
): number | undefined {
  if (message.kind !== 'event' || message.event.subject !== port) {
    return undefined;
  }
  const {type, data} = message.event;
  switch (type) {
    case 'cim.port.change-applied.v1':
      return (data.requested ?? 0) >= requested ? EXIT.done : undefined;
    case 'cim.port.change-failed.v1':
    case 'cim.port.change-reverted.v1':
      return (data.requested ?? 0) >= requested ? EXIT.failed : undefined;
    default:
      return undefined;
  }
}

function printOutcome(
  {world, globals}: Pick<Invocation, 'world' | 'globals'>,
  message: StoredMessage,
  target: string,
): void {
  if (message.kind !== 'event') {
    return;
  }
  const {event, sequence} = message;
  if (globals.json) {
    world.out(JSON.stringify({...event, sequence}));
  } else {
    const {what, detail} = describeMessage(message);
    world.out(stripControls(`${what}: ${target}: ${detail} (event ${sequence})`));
  }
  if (event.type === 'cim.port.change-applied.v1' && event.data.deadline !== null) {
    world.err(`it comes back at ${event.data.deadline} unless: \`cim-tui port confirm ${target}\``);
  }
}
