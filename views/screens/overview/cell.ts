import type {CellSource, CellSubject} from '#store/cell-source.ts';

/** A value on the overview, with where it is from: a text without a source cannot be drawn. */
export interface OverviewCell {
  readonly title: string;
  readonly text: string;
  readonly source: CellSource;
  readonly subject: CellSubject;
}

/** A line of values that the cursor can stand on. */
export interface OverviewLine {
  readonly id: string;
  /** What stands before the values. */
  readonly name: string;
  readonly cells: readonly OverviewCell[];
}
