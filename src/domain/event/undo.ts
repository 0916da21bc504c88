import type {EventType, Fact} from '../catalogue.ts';

/** The command that takes an event back, `<aggregate>.<verb>`, or why none can, in people's words. */
export type Undo = {readonly command: string} | {readonly none: string};

const STAYS_TRUE = 'it tells what was seen, and that stays so';

/** How each event type is undone. A type that is missing here does not compile. */
export const UNDO = {
  'cim.leaf.created.v1': {none: 'the leaf begins with it'},
  'cim.leaf.labelled.v1': {command: 'leaf.label'},
  'cim.leaf.started.v1': {none: 'it tells when the recording began, and that stays so'},
  'cim.leaf.stopped.v1': {none: 'it tells when the recording ended, and that stays so'},
  'cim.leaf.resynced.v1': {none: 'it tells what was missed, and that stays so'},
  'cim.port.added.v1': {none: `${STAYS_TRUE}; an empty port can be forgotten`},
  'cim.port.labelled.v1': {command: 'port.label'},
  'cim.port.changed.v1': {none: STAYS_TRUE},
  'cim.port.summed-up.v1': {none: STAYS_TRUE},
  'cim.port.quarantined.v1': {none: 'port unquarantine takes it back, once it is mended'},
  'cim.port.unquarantined.v1': {none: 'if it flaps on, it comes into quarantine again'},
  'cim.port.forgotten.v1': {command: 'event.undo'},
  'cim.port.remembered.v1': {command: 'port.forget'},
  'cim.port.change-requested.v1': {command: 'event.undo'},
  'cim.port.change-applied.v1': {none: `${STAYS_TRUE}; undo the request instead`},
  'cim.port.change-failed.v1': {none: `${STAYS_TRUE}; ask for it again instead`},
  'cim.port.change-confirmed.v1': {none: 'undo the request of the change instead'},
  'cim.port.change-reverted.v1': {none: `${STAYS_TRUE}; ask for it again instead`},
  'cim.device.added.v1': {none: `${STAYS_TRUE}; pull the plug instead`},
  'cim.device.changed.v1': {none: STAYS_TRUE},
  'cim.device.functions-changed.v1': {none: STAYS_TRUE},
  'cim.device.moved.v1': {none: `${STAYS_TRUE}; move the plug back instead`},
  'cim.device.removed.v1': {none: `${STAYS_TRUE}; plug it in again instead`},
  'cim.role.bound.v1': {command: 'role.unbind'},
  'cim.role.unbound.v1': {command: 'role.bind'},
  'cim.job.accepted.v1': {none: 'a job that was begun can be cancelled, not undone'},
  'cim.job.interrupted.v1': {none: 'it tells that a restart cut the job off, and that stays so'},
  'cim.job.resumed.v1': {none: 'a job that goes on can be cancelled, not undone'},
  'cim.job.cancel-requested.v1': {none: 'a job that was cancelled can be begun anew'},
  'cim.job.ended.v1': {none: 'it tells how the job ended, and that stays so'},
} as const satisfies {readonly [K in EventType]: Undo};

/** The types that a command takes back. */
export type UndoableType = {
  [K in EventType]: (typeof UNDO)[K] extends {readonly command: string} ? K : never;
}[EventType];

/** True for a fact that a command takes back, as long as nothing newer has changed the same. */
export const isUndoable = (fact: Fact): fact is Fact<UndoableType> => 'command' in UNDO[fact.type];
