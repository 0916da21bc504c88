import type {CimEvent} from '#domain/envelope.ts';
import type {Attention as AttentionItem} from '#projections/attention.ts';
import {rolesAwaiting} from '#projections/awaiting.ts';
import {portsOf} from '#projections/event-ports.ts';
import type {HazardKind as StakeKind} from '#projections/hazards.ts';
import type {Inventory} from '#projections/inventory.ts';
import {
  compareTitles,
  type FunctionRow as ProjectedFunction,
  type PortRow as ProjectedPort,
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

/** True for an event of the port, of a role that follows it, or of a unit that came or went there. */
export const isAboutPort = (event: CimEvent, portId: string): boolean => portsOf(event).has(portId);

/** A role that leads nowhere now, and that what is in this port would fit. */
export function roleAwaiting(inventory: Inventory, portId: string): string | null {
  const port = inventory.ports[portId];
  return port === undefined ? null : (rolesAwaiting(inventory, port)[0]?.id ?? null);
}
