import type {RevertOutcome} from '#contracts/revert-guard.ts';
import type {Fact} from '#domain/catalogue.ts';
import type {PortChangeState} from '#domain/port/row.ts';

/** Name of the guard of a change. */
export const guardId = (portId: string, requested: number): string => `${portId}-${requested}`;

/** The fact that a change on trial was taken back. */
export const revertedFact = (
  subject: string,
  {requested, change}: PortChangeState,
  by: 'guard' | 'agent',
  {at, failed}: RevertOutcome,
): Fact => ({
  type: 'cim.port.change-reverted.v1',
  subject,
  data: {requested, change, by, at, undone: failed === null, detail: failed},
});
