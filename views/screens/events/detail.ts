import type {EventRow} from '#store/selectors.ts';
import {undoWords} from '#store/undo-words.ts';

import type {View} from '../../console.ts';
import type {Span} from '../../theme/paint.ts';

/** The three lines below the list that tell of the marked event: what, why, and what U would do. */
export function eventDetail(view: View, row: EventRow): readonly (readonly Span[])[] {
  return [headOf(view, row), causeOf(row), undoOf(view, row)];
}

function headOf({theme}: View, {message, sequence}: EventRow): readonly Span[] {
  const dot = ` ${theme.glyphs.dot} `;
  if (message.kind === 'unreadable') {
    return [
      {text: ` ${sequence} `, tone: 'strong'},
      {text: `${message.subject}${dot}${message.reason}`},
    ];
  }
  const {type, actor, channel, origintty, originaddress, time} =
    message.kind === 'event' ? message.event : message.envelope;
  const parts = [type, actor, origintty ?? originaddress, channel, time];
  const text = parts.filter((part) => part !== undefined).join(dot);
  return [{text: ` ${sequence} `, tone: 'strong'}, {text}];
}

function causeOf({message}: EventRow): readonly Span[] {
  if (message.kind === 'unreadable') {
    return [{text: ' kept as it is, and counted'}];
  }
  const envelope = message.kind === 'event' ? message.event : message.envelope;
  const {id, actor, causationid, causationsequence: earlier, correlationid} = envelope;
  if (causationid === id) {
    return [{text: ` ${seenBy(message) ?? 'a first cause: the leaf itself'}`, tone: 'quiet'}];
  }
  const command = `command ${shortId(causationid)}`;
  const undone = `${command}, which undoes event ${earlier}`;
  const cause = earlier === undefined ? command : actor === undefined ? `event ${earlier}` : undone;
  return [{text: ` caused by ${cause}, chain ${shortId(correlationid)}`, tone: 'quiet'}];
}

/** What made an observed fact be seen: a uevent, a link, an enumeration. */
function seenBy(message: EventRow['message']): string | undefined {
  const known = message.kind === 'event' ? message.event.data : undefined;
  return known !== undefined && 'cause' in known && typeof known.cause === 'object'
    ? `seen by ${known.cause.type}: ${known.cause.summary}`
    : undefined;
}

function undoOf({read, selectors}: View, {message}: EventRow): readonly Span[] {
  const {isPossible, text} = undoWords(message, read, selectors.names(read));
  return isPossible
    ? [{text: ' U undoes it: ', tone: 'mark'}, {text: `${text} (asks first)`}]
    : [{text: ` U cannot undo it: ${text}`, tone: 'quiet'}];
}

/** The ends of an id tell ids apart: version 7 begins with the time. */
const shortId = (id: string): string =>
  id.length <= 14 ? id : `${id.slice(0, 8)}~${id.slice(-4)}`;
