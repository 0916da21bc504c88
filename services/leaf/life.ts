import type {Fact} from '#domain/catalogue.ts';
import {LeafId} from '#domain/ids.ts';
import type {Inventory} from '#projections/inventory.ts';

/** Which agent begins or ends. */
export interface AgentIdentity {
  readonly leafId: string;
  readonly storeId: string;
  readonly bootId: string | null;
  readonly version: string;
}

/** What an agent that becomes active stores first: at the very first start, that the leaf exists. */
export function startFacts(inventory: Inventory, agent: AgentIdentity): readonly Fact[] {
  const {leafId, storeId, bootId, version} = agent;
  const created: readonly Fact[] =
    inventory.leaf.leafId === null
      ? [
          {
            type: 'cim.leaf.created.v1',
            subject: leafId,
            data: {leafId: LeafId.parse(leafId), storeId},
          },
        ]
      : [];
  const data = {bootId, version, lastSeen: inventory.lastSeen};
  return [...created, {type: 'cim.leaf.started.v1', subject: leafId, data}];
}

/** What an agent that ends in order stores last. */
export const stopFacts = (
  {leafId, bootId, version}: AgentIdentity,
  reason: 'signal' | 'linger',
): readonly Fact[] => [
  {type: 'cim.leaf.stopped.v1', subject: leafId, data: {bootId, version, reason}},
];
