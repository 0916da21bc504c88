import {labelPort} from '#domain/port/commands.ts';

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
  const holder = Object.values(inventory.ports).find(
    (other) => label !== null && (other.label === label || isIdOfAnother(other, label, port.id)),
  );
  if (holder !== undefined) {
    return {refused: 'label-taken', detail: `${label} is ${holder.id}`};
  }
  return [
    {
      type: 'cim.port.labelled.v1',
      subject: port.id,
      data: {label, before: {label: port.label}},
    },
  ];
});

/** A target is an id before it is a label: such a label could never be used. */
const isIdOfAnother = ({id}: {readonly id: string}, label: string, ownId: string): boolean =>
  id === label && id !== ownId;
