import {labelLeaf} from '#domain/leaf/commands.ts';

import {changedMeanwhile, defineUseCase, newerEvent} from '../use-case.ts';

/** Gives the leaf the name that people see. */
export const labelLeafCase = defineUseCase(labelLeaf, (inventory, {data, seen}) => {
  const {leaf} = inventory;
  const id = leaf.leafId ?? '';
  const blocked =
    newerEvent(inventory, 'leaf', id) ?? changedMeanwhile(leaf.fields, ['label'], seen);
  if (blocked !== undefined) {
    return blocked;
  }
  if (data.label === leaf.label) {
    return {refused: 'nothing-to-change', detail: 'the leaf is labelled so'};
  }
  const before = {label: leaf.label};
  return [{type: 'cim.leaf.labelled.v1', subject: id, data: {label: data.label, before}}];
});
