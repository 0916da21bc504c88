import type {Names} from '#domain/event/words.ts';
import type {StoredMessage} from '#domain/message.ts';
import type {RoleTarget} from '#domain/role/events.ts';
import type {Inventory} from '#projections/inventory.ts';

/** Whether an event can be undone now, and what that would do or why not, in words. */
export interface UndoWords {
  readonly isPossible: boolean;
  readonly text: string;
}

const possible = (text: string): UndoWords => ({isPossible: true, text});
const impossible = (text: string): UndoWords => ({isPossible: false, text});

const SUPERSEDED = impossible('something newer has changed the same');

/** What U would do to an event. The agent decides; this only tells beforehand. */
export function undoWords(message: StoredMessage, inventory: Inventory, names: Names): UndoWords {
  if (message.kind !== 'event') {
    return impossible('this version cannot read it');
  }
  const {sequence, event} = message;
  const role = inventory.roles[event.subject];
  switch (event.type) {
    case 'cim.port.labelled.v1': {
      const isNewest = inventory.ports[event.subject]?.fields.label === sequence;
      const {label} = event.data.before;
      const text = `${names.port(event.subject)} ${backTo(label)}`;
      return isNewest ? possible(text) : SUPERSEDED;
    }
    case 'cim.leaf.labelled.v1': {
      const isNewest = inventory.leaf.fields.label === sequence;
      return isNewest ? possible(`the leaf ${backTo(event.data.before.label)}`) : SUPERSEDED;
    }
    case 'cim.port.forgotten.v1': {
      const {label, name} = event.data.before;
      const isGone = inventory.ports[event.subject] === undefined;
      return isGone ? possible(`${label ?? name} comes back into the list`) : SUPERSEDED;
    }
    case 'cim.role.bound.v1': {
      const {before} = event.data;
      const text =
        before === null
          ? `role ${event.subject} follows nothing`
          : `role ${event.subject} goes back to ${targetWords(before.target, names)}`;
      return role?.sequence === sequence ? possible(text) : SUPERSEDED;
    }
    case 'cim.role.unbound.v1': {
      const target = targetWords(event.data.before.target, names);
      return role === undefined
        ? possible(`role ${event.subject} follows ${target} again`)
        : SUPERSEDED;
    }
    default:
      return impossible('it tells what was seen, and that stays so');
  }
}

/** The newest wish of this person, made in a console, that can be undone now. */
export function lastUndoable(
  history: readonly StoredMessage[],
  actor: string,
  inventory: Inventory,
  names: Names,
): StoredMessage | undefined {
  return history.findLast(
    (message) =>
      message.kind === 'event' &&
      message.event.actor === actor &&
      message.event.channel === 'console' &&
      undoWords(message, inventory, names).isPossible,
  );
}

const backTo = (label: string | null): string =>
  label === null ? 'loses its label' : `goes back to "${label}"`;

const targetWords = (target: RoleTarget, names: Names): string =>
  target.kind === 'port' ? names.port(target.portId) : `unit ${names.device(target.deviceId)}`;
