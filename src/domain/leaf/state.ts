import type {Step} from '../step.ts';
import type {LeafRow} from './row.ts';

/** The leaf itself as the events have made it. */
export type LeafState = LeafRow;

export const initialLeaf: LeafState = {
  leafId: null,
  storeId: null,
  label: null,
  startedAt: null,
  isStopped: false,
  unrecorded: null,
  sequence: 0,
  fields: {},
};

/** The leaf after one more event. */
export function evolveLeaf(leaf: LeafState, step: Step): LeafState {
  const {fact, sequence, time} = step;
  const set = (changes: Partial<LeafState>): LeafState => ({
    ...leaf,
    ...changes,
    sequence,
    fields: {
      ...leaf.fields,
      ...Object.fromEntries(Object.keys(changes).map((field) => [field, sequence])),
    },
  });
  switch (fact.type) {
    case 'cim.leaf.created.v1':
      return set({leafId: fact.data.leafId, storeId: fact.data.storeId});
    case 'cim.leaf.labelled.v1':
      return set({label: fact.data.label});
    case 'cim.leaf.started.v1': {
      const {lastSeen} = fact.data;
      const unrecorded = lastSeen === null ? null : {from: lastSeen, to: time};
      return set({startedAt: time, isStopped: false, unrecorded});
    }
    case 'cim.leaf.stopped.v1':
      return set({isStopped: true});
    default:
      return leaf;
  }
}
