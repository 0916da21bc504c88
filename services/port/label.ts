import type {Refusal} from '#domain/command.ts';
import {labelPort} from '#domain/port/commands.ts';
import type {Inventory} from '#projections/inventory.ts';

import {changedMeanwhile, defineUseCase} from '../use-case.ts';
import {findWritablePort} from './find.ts';

/** Labels a port. No two ports bear one label. */
export const labelPortCase = defineUseCase(labelPort, (inventory, {target, data, seen}) => {
  const port = findWritablePort(inventory, target);
  if ('refused' in port) {
    return port;
  }
  const stale = changedMeanwhile(port.fields, ['label'], seen);
  if (stale !== undefined) {
    return stale;
  }
  const {label} = data;
  if (label === port.label) {
    return {refused: 'nothing-to-change', detail: `${port.id} is labelled so`};
  }
  const taken = labelTaken(inventory, label, port.id);
  if (taken !== undefined) {
    return taken;
  }
  return [
    {
      type: 'cim.port.labelled.v1',
      subject: port.id,
      data: {label, before: {label: port.label}},
    },
  ];
});

/**
 * Refuses a label that another port bears. The id of another port is none either: a target is an
 * id before it is a label, so such a label could never be used.
 */
export function labelTaken(
  {ports}: Inventory,
  label: string | null,
  ownId: string,
): Refusal | undefined {
  const holder = Object.values(ports).find(
    (other) =>
      label !== null && other.id !== ownId && (other.label === label || other.id === label),
  );
  return holder === undefined
    ? undefined
    : {refused: 'label-taken', detail: `${label} is ${holder.id}`};
}
