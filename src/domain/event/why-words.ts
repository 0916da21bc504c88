import type {Claims, Origin, WhyStep} from './why.ts';
import {describeMessage, type Names} from './words.ts';

/** One step in a sentence: `USB 3 labelled "" → "USB 3"`. */
export function stepWords({message, sequence}: WhyStep, names: Names): string {
  if (message === null) {
    return `event ${sequence}`;
  }
  const {object, what, detail} = describeMessage(message, names);
  return `${object} ${what} ${detail}`.trim();
}

/** How a step came about: `asked by ben over console (says: tty tty1), to undo event 12`. */
export function originWords({origin, earlier}: WhyStep): string {
  switch (origin.kind) {
    case 'command': {
      const {actor, channel, claims} = origin;
      const way = channel === null ? '' : ` over ${channel}`;
      const undone = earlier === null ? '' : `, to undo event ${earlier}`;
      return `asked by ${actor}${way}${claimWords(claims)}${undone}`;
    }
    case 'seen': {
      const {type, summary} = origin.cause;
      const earlierWords = earlier === null ? '' : `, after event ${earlier}`;
      return `seen by ${type}: ${summary}${earlierWords}`;
    }
    case 'event':
      return `follows from event ${origin.sequence}`;
    case 'agent':
      return "done by the leaf's service layer itself";
    case 'untold':
      return origin.reason;
  }
}

/** What began a chain, in one clause: `ben asked for it over console`. */
export function rootWords(root: Origin): string {
  switch (root.kind) {
    case 'command':
      return `${root.actor} asked for it${root.channel === null ? '' : ` over ${root.channel}`}`;
    case 'seen':
      return root.cause.type === 'enumeration'
        ? `it was found: ${root.cause.summary}`
        : `the kernel told it: ${root.cause.summary}`;
    case 'event':
      return `it follows from event ${root.sequence}`;
    case 'agent':
      return "the leaf's service layer did it by itself";
    case 'untold':
      return root.reason;
  }
}

/** What a client says of where it sits; marked as said, since nothing proves it. */
function claimWords(claims: Claims): string {
  const {kind, tty, uid, address, key} = claims;
  const parts = [
    kind,
    address === undefined ? undefined : `from ${address}`,
    tty === undefined ? undefined : `on ${tty}`,
    uid === undefined ? undefined : `uid ${uid}`,
    key === undefined ? undefined : `key ${key}`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? '' : ` (says: ${parts.join(', ')})`;
}
