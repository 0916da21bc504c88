import type {DeviceState} from '#domain/device/state.ts';
import type {LeafState} from '#domain/leaf/state.ts';
import type {LiveReading} from '#domain/live-source.ts';
import type {PortState} from '#domain/port/state.ts';
import type {RoleState} from '#domain/role/state.ts';

type FieldOf<State> = Exclude<keyof State, 'fields' | 'sequence'> & string;

/** A field of what the row is about: its port, the unit in it, the roles that lead there. */
export type FieldRule =
  | {readonly aggregate: 'port'; readonly field: FieldOf<PortState>}
  | {readonly aggregate: 'device'; readonly field: FieldOf<DeviceState>}
  | {readonly aggregate: 'role'; readonly field: FieldOf<RoleState>}
  | {readonly aggregate: 'leaf'; readonly field: FieldOf<LeafState>};

/** Where a cell's text is from: data beside its column, so that no cell is without one. */
export type CellSource =
  | ({readonly kind: 'field'} & FieldRule)
  /** Counted over many: the newest event that set this field of any of them. */
  | ({readonly kind: 'count'} & FieldRule)
  | {readonly kind: 'live'; readonly reading: LiveReading}
  /** The row is an event, or the cell tells of one. */
  | {readonly kind: 'event'}
  /** What only this console knows. */
  | {readonly kind: 'console'; readonly text: string}
  | {readonly kind: 'derived'; readonly from: readonly CellSource[]};

/** What a row is about. */
export interface CellSubject {
  readonly portIds: readonly string[];
  /** Roles that lead to no port; those that lead to one of the ports are known by it. */
  readonly roleIds: readonly string[];
  /** The events that a row or cell is about itself. */
  readonly sequences: readonly number[];
  /** ISO time of a reading that only this row has. */
  readonly seenAt: string | null;
}

/** About nothing but the leaf itself. */
export const THE_LEAF: CellSubject = {portIds: [], roleIds: [], sequences: [], seenAt: null};

/** A subject from what is special about it. */
export const subjectOf = (about: Partial<CellSubject>): CellSubject => ({...THE_LEAF, ...about});

export const portField = (field: FieldOf<PortState>): CellSource => ({
  kind: 'field',
  aggregate: 'port',
  field,
});
export const deviceField = (field: FieldOf<DeviceState>): CellSource => ({
  kind: 'field',
  aggregate: 'device',
  field,
});
export const roleField = (field: FieldOf<RoleState>): CellSource => ({
  kind: 'field',
  aggregate: 'role',
  field,
});
export const leafField = (field: FieldOf<LeafState>): CellSource => ({
  kind: 'field',
  aggregate: 'leaf',
  field,
});
export const liveSource = (reading: LiveReading): CellSource => ({kind: 'live', reading});
export const derivedFrom = (...from: readonly CellSource[]): CellSource => ({
  kind: 'derived',
  from,
});
export const countOf = (rule: FieldRule): CellSource => ({kind: 'count', ...rule});
