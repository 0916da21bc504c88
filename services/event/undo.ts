import type {Fact} from '#domain/catalogue.ts';
import {undoEvent} from '#domain/event/commands.ts';
import {ownValue} from '#domain/own.ts';
import type {RoleTarget} from '#domain/role/events.ts';
import type {Inventory} from '#projections/inventory.ts';

import {defineUseCase, newerEvent, type Verdict} from '../use-case.ts';

/** Brings back what one event changed, unless something newer has changed the same. */
export const undoEventCase = defineUseCase(undoEvent, (inventory, {target}, {event: recorded}) => {
  if (recorded === undefined) {
    return {refused: 'no-event', detail: target};
  }
  const {sequence, event} = recorded;
  const [, aggregate = ''] = event.type.split('.');
  return newerEvent(inventory, aggregate, event.subject) ?? inverseOf(inventory, sequence, event);
});

/**
 * The facts that undo one, decided on the present state. Each event type says here how it is
 * undone; the others cannot be, since the world made them so.
 */
export function inverseOf(inventory: Inventory, sequence: number, fact: Fact): Verdict {
  switch (fact.type) {
    case 'cim.port.labelled.v1':
      return undoPortLabel(inventory, sequence, fact);
    case 'cim.leaf.labelled.v1': {
      const newer = superseded(inventory.leaf.fields.label, sequence);
      const {label, before} = fact.data;
      return (
        newer ?? [
          {type: fact.type, subject: fact.subject, data: {label: before.label, before: {label}}},
        ]
      );
    }
    case 'cim.port.forgotten.v1':
      return undoForget(inventory, fact);
    case 'cim.role.bound.v1':
      return undoBind(inventory, sequence, fact);
    case 'cim.role.unbound.v1':
      return undoUnbind(inventory, fact);
    default:
      return {refused: 'not-undoable', detail: 'it was observed, not wished'};
  }
}

function undoPortLabel(
  inventory: Inventory,
  sequence: number,
  fact: Fact<'cim.port.labelled.v1'>,
): Verdict {
  const port = inventory.ports[fact.subject];
  if (port === undefined) {
    return {refused: 'unknown-port', detail: fact.subject};
  }
  const {label, before} = fact.data;
  const newer = superseded(port.fields.label, sequence);
  return (
    newer ??
    labelIsFree(inventory, before.label) ?? [
      {type: fact.type, subject: port.id, data: {label: before.label, before: {label}}},
    ]
  );
}

function undoForget(inventory: Inventory, fact: Fact<'cim.port.forgotten.v1'>): Verdict {
  if (inventory.ports[fact.subject] !== undefined) {
    return {refused: 'superseded', detail: `${fact.subject} is there again`};
  }
  const {before} = fact.data;
  const samePlace = Object.values(inventory.ports).find(
    ({position}) => position === before.position,
  );
  if (samePlace !== undefined) {
    return {refused: 'superseded', detail: `${samePlace.id} sits in its place`};
  }
  return (
    labelIsFree(inventory, before.label) ?? [
      {
        type: 'cim.port.remembered.v1',
        subject: fact.subject,
        data: {...before, state: 'absent', link: before.link === null ? null : 'down'},
      },
    ]
  );
}

function undoBind(
  inventory: Inventory,
  sequence: number,
  fact: Fact<'cim.role.bound.v1'>,
): Verdict {
  const role = ownValue(inventory.roles, fact.subject);
  if (role === undefined) {
    return {refused: 'superseded', detail: `${fact.subject} is unbound already`};
  }
  const newer = superseded(role.fields.target, sequence);
  if (newer !== undefined) {
    return newer;
  }
  const before = {target: role.target, selector: role.selector};
  const earlier = fact.data.before;
  if (earlier === null) {
    return [{type: 'cim.role.unbound.v1', subject: role.id, data: {before}}];
  }
  return (
    targetIsThere(inventory, earlier.target) ?? [
      {type: 'cim.role.bound.v1', subject: role.id, data: {...earlier, before}},
    ]
  );
}

function undoUnbind(inventory: Inventory, fact: Fact<'cim.role.unbound.v1'>): Verdict {
  if (ownValue(inventory.roles, fact.subject) !== undefined) {
    return {refused: 'superseded', detail: `${fact.subject} is bound again`};
  }
  const {before} = fact.data;
  return (
    targetIsThere(inventory, before.target) ?? [
      {type: 'cim.role.bound.v1', subject: fact.subject, data: {...before, before: null}},
    ]
  );
}

const superseded = (current: number | undefined, sequence: number) =>
  current === sequence || current === undefined
    ? undefined
    : ({refused: 'superseded', detail: `by event ${current}`} as const);

function labelIsFree(inventory: Inventory, label: string | null) {
  const holder = Object.values(inventory.ports).find(
    (port) => label !== null && port.label === label,
  );
  return holder === undefined
    ? undefined
    : ({refused: 'label-taken', detail: `${label} is ${holder.id}`} as const);
}

function targetIsThere(inventory: Inventory, target: RoleTarget) {
  if (target.kind === 'port') {
    return inventory.ports[target.portId] === undefined
      ? ({refused: 'unknown-port', detail: target.portId} as const)
      : undefined;
  }
  return inventory.devices[target.deviceId] === undefined
    ? ({refused: 'unknown-device', detail: target.deviceId} as const)
    : undefined;
}
