import type {Attention as AttentionItem} from '#projections/attention.ts';
import type {HazardKind as StakeKind} from '#projections/hazards.ts';
import type {Inventory} from '#projections/inventory.ts';
import {
  compareTitles,
  type FunctionRow as ProjectedFunction,
  type PortRow as ProjectedPort,
  portOfRole,
  portTitle,
} from '#projections/port-rows.ts';

/** What screens show, as the projections make it. */
export type PortRow = ProjectedPort;
export type FunctionRow = ProjectedFunction;
export type Attention = AttentionItem;
export type HazardKind = StakeKind;

/** What people call a port: its label, else its name. */
export const titleOf = (row: Pick<PortRow, 'label' | 'name'>): string => portTitle(row);

/** Natural order: "USB 2" before "USB 10". */
export const compareTexts = (a: string, b: string): number => compareTitles(a, b);

/** A role that follows nothing present, and that one of these classes would fit. */
export const roleAwaiting = (inventory: Inventory, classes: readonly string[]): string | null =>
  Object.values(inventory.roles).find(
    (role) =>
      role.selector.class !== null &&
      classes.includes(role.selector.class) &&
      portOfRole(inventory, role)?.state !== 'present',
  )?.id ?? null;
