import type {WhyStep} from '#domain/event/why.ts';
import type {StoredMessage} from '#domain/message.ts';

import type {Wish} from './console-actions.ts';
import type {SourceLine} from './source-lines.ts';

/** A line of text being typed; `caret` counts code points. */
export interface TextInput {
  readonly text: string;
  readonly caret: number;
}

interface PortPurpose {
  readonly portId: string;
  readonly title: string;
  /** Sequence of the picture in which the line was opened: what the person has seen. */
  readonly seen: number;
}

/** What is typed for. */
export type PromptPurpose =
  | ({readonly kind: 'label'} & PortPurpose)
  | ({readonly kind: 'role'} & PortPurpose)
  | {readonly kind: 'filter'; readonly before: string}
  | {readonly kind: 'moment'}
  | {readonly kind: 'command'};

/** What a dialog's left-hand or right-hand button does. */
export type DialogEffect =
  | {readonly kind: 'close'}
  | {readonly kind: 'wishes'; readonly wishes: readonly Wish[]; readonly done: string}
  | {readonly kind: 'quit'; readonly keepRecording: boolean | null};

export interface DialogButton {
  readonly label: string;
  readonly effect: DialogEffect;
}

/** A question. The first button is marked at first, and is the one that changes nothing. */
export interface Dialog {
  readonly title: string;
  readonly facts: readonly {readonly name: string; readonly text: string}[];
  readonly buttons: readonly [DialogButton, DialogButton];
  /** What has to be typed before the second button does anything; left out: nothing. */
  readonly mustType?: string;
}

/** A cell as it stood on screen, and where its text was from then. */
export interface ExplainedCell {
  readonly title: string;
  readonly text: string;
  readonly lines: readonly SourceLine[];
}

/** How far the events that are read for an overlay have come. */
export interface Reading {
  /** `waiting` is told only once it takes noticeably long. */
  readonly state: 'done' | 'waiting' | 'slow';
  /** One sentence for what could not be read. */
  readonly error: string | null;
}

/** What lies over the screen and takes the keys. */
export type Overlay =
  | {
      readonly kind: 'prompt';
      readonly purpose: PromptPurpose;
      readonly input: TextInput;
      /** What Tab offers for the last word. */
      readonly candidates: readonly string[];
      /** How far ↑ has gone back in the history of typed lines. */
      readonly back: number;
    }
  | {
      readonly kind: 'dialog';
      readonly dialog: Dialog;
      readonly button: 0 | 1;
      /** What was typed so far, where something has to be. */
      readonly input: TextInput;
      /** Milliseconds since 1970: early keys are dropped. */
      readonly openedAt: number;
      /** What comes back when it is closed. */
      readonly under: Overlay | null;
    }
  | {readonly kind: 'menu'; readonly highlighted: string | null}
  | {readonly kind: 'help'; readonly input: TextInput; readonly top: number}
  | {
      readonly kind: 'viewer';
      readonly title: string;
      readonly lines: readonly string[];
      readonly top: number;
      /** Cells that long lines are moved to the left. */
      readonly left: number;
      /** What comes back when it is closed. */
      readonly under: Overlay | null;
    }
  /** What takes long: open jobs, and those that have ended. */
  | {readonly kind: 'jobs'; readonly cursorId: string | null; readonly cursorIndex: number}
  /** The cells of a row, each with what made it so. */
  | {
      readonly kind: 'why';
      readonly title: string;
      readonly cells: readonly ExplainedCell[];
      /** The events that are named, as far as they are read; null: not in the store. */
      readonly events: Readonly<Record<number, StoredMessage | null>>;
      readonly reading: Reading;
      readonly cursorId: string | null;
      readonly cursorIndex: number;
    }
  /** The events behind one source of a cell, newest first, or how it is read. */
  | {
      readonly kind: 'chain';
      readonly title: string;
      readonly line: SourceLine;
      readonly steps: readonly WhyStep[];
      readonly reading: Reading;
      readonly cursorId: string | null;
      readonly cursorIndex: number;
      readonly under: Overlay | null;
    };
