import type {Fact} from '#domain/catalogue.ts';
import type {Refusal} from '#domain/command.ts';
import type {UndoableType} from '#domain/event/undo.ts';
import {ownValue} from '#domain/own.ts';
import type {RoleTarget} from '#domain/role/events.ts';
import type {Inventory} from '#projections/inventory.ts';

import {changeFacts} from '../port/change-facts.ts';
import {forgetFacts} from '../port/forget.ts';
import {labelTaken} from '../port/label.ts';
import type {Stake, Verdict} from '../use-case.ts';

/** What takes a fact of one type back, decided on the present state; `sequence` is the fact's. */
type Inverse<T extends UndoableType> = (
  inventory: Inventory,
  sequence: number,
  fact: Fact<T>,
  stake: Stake | undefined,
) => Verdict;

/** One for each type that is declared to be undone by a command. */
export const INVERSES: {readonly [T in UndoableType]: Inverse<T>} = {
  'cim.leaf.labelled.v1': labelLeafBack,
  'cim.port.labelled.v1': labelPortBack,
  'cim.port.forgotten.v1': rememberPort,
  'cim.port.remembered.v1': forgetPortAgain,
  'cim.port.change-requested.v1': changePortBack,
  'cim.role.bound.v1': bindBack,
  'cim.role.unbound.v1': bindAgain,
};

function labelLeafBack(
  {leaf}: Inventory,
  sequence: number,
  {type, subject, data: {label, before}}: Fact<'cim.leaf.labelled.v1'>,
): Verdict {
  return (
    superseded(leaf.fields.label, sequence) ?? [
      {type, subject, data: {label: before.label, before: {label}}},
    ]
  );
}

function labelPortBack(
  inventory: Inventory,
  sequence: number,
  {type, subject, data: {label, before}}: Fact<'cim.port.labelled.v1'>,
): Verdict {
  const port = ownValue(inventory.ports, subject);
  if (port === undefined) {
    return {refused: 'unknown-port', detail: subject, by: newest('port', subject, sequence)};
  }
  return (
    superseded(port.fields.label, sequence) ??
    labelTaken(inventory, before.label, port.id) ?? [
      {type, subject, data: {label: before.label, before: {label}}},
    ]
  );
}

function rememberPort(
  inventory: Inventory,
  _sequence: number,
  {subject, data: {before}}: Fact<'cim.port.forgotten.v1'>,
): Verdict {
  const there =
    ownValue(inventory.ports, subject) ??
    Object.values(inventory.ports).find(({position}) => position === before.position);
  if (there !== undefined) {
    const what = there.id === subject ? 'is there again' : 'sits in its place';
    const by = {sequence: there.fields.position ?? there.sequence};
    return {refused: 'superseded', detail: `${there.id} ${what}`, by};
  }
  return (
    labelTaken(inventory, before.label, subject) ?? [
      {type: 'cim.port.remembered.v1', subject, data: before},
    ]
  );
}

function forgetPortAgain(
  inventory: Inventory,
  sequence: number,
  {subject}: Fact<'cim.port.remembered.v1'>,
): Verdict {
  const port = ownValue(inventory.ports, subject);
  if (port === undefined) {
    const by = newest('port', subject, sequence);
    return {refused: 'superseded', detail: `${subject} is gone already`, by};
  }
  return superseded(port.sequence, sequence) ?? forgetFacts(inventory, port);
}

/** What was wanted before is wanted again: refused as that wish would be. */
function changePortBack(
  inventory: Inventory,
  sequence: number,
  {subject, data: {before}}: Fact<'cim.port.change-requested.v1'>,
  stake: Stake | undefined,
): Verdict {
  const port = ownValue(inventory.ports, subject);
  if (port === undefined) {
    return {refused: 'unknown-port', detail: subject, by: newest('port', subject, sequence)};
  }
  // A port that was forgotten meanwhile, and is there again, has nothing that is wanted of it.
  return (
    superseded(port.fields.wanted ?? port.sequence, sequence) ??
    changeFacts(inventory, port, {change: before, stake})
  );
}

function bindBack(
  inventory: Inventory,
  sequence: number,
  {subject, data: {before: earlier}}: Fact<'cim.role.bound.v1'>,
): Verdict {
  const role = ownValue(inventory.roles, subject);
  if (role === undefined) {
    const by = newest('role', subject, sequence);
    return {refused: 'superseded', detail: `${subject} is unbound already`, by};
  }
  const newer = superseded(role.fields.target, sequence);
  if (newer !== undefined) {
    return newer;
  }
  const before = {target: role.target, selector: role.selector};
  if (earlier === null) {
    return [{type: 'cim.role.unbound.v1', subject: role.id, data: {before}}];
  }
  return (
    targetGone(inventory, earlier.target) ?? [
      {type: 'cim.role.bound.v1', subject: role.id, data: {...earlier, before}},
    ]
  );
}

function bindAgain(
  inventory: Inventory,
  _sequence: number,
  {subject, data: {before}}: Fact<'cim.role.unbound.v1'>,
): Verdict {
  const role = ownValue(inventory.roles, subject);
  if (role !== undefined) {
    const by = {sequence: role.sequence};
    return {refused: 'superseded', detail: `${subject} is bound again`, by};
  }
  return (
    targetGone(inventory, before.target) ?? [
      {type: 'cim.role.bound.v1', subject, data: {...before, before: null}},
    ]
  );
}

/** Refuses when an event behind `sequence` has set the same. */
const superseded = (current: number | undefined, sequence: number): Refusal | undefined =>
  current === sequence || current === undefined
    ? undefined
    : {refused: 'superseded', by: {sequence: current}};

const newest = (aggregate: string, id: string, after: number) => ({aggregate, id, after});

function targetGone(inventory: Inventory, target: RoleTarget): Refusal | undefined {
  if (target.kind === 'port') {
    return inventory.ports[target.portId] === undefined
      ? {refused: 'unknown-port', detail: target.portId}
      : undefined;
  }
  return inventory.devices[target.deviceId] === undefined
    ? {refused: 'unknown-device', detail: target.deviceId}
    : undefined;
}
