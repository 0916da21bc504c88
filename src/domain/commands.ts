import type {CommandDescriptor} from './command.ts';
import {undoEvent, verifyEvents} from './event/commands.ts';
import {cancelJob, resumeJob} from './job/commands.ts';
import {labelLeaf} from './leaf/commands.ts';
import {
  confirmPort,
  disablePort,
  downPort,
  enablePort,
  forgetPort,
  identifyPort,
  labelPort,
  releasePort,
  setPort,
  unquarantinePort,
  upPort,
} from './port/commands.ts';
import {bindRole, unbindRole} from './role/commands.ts';

/** Every command there is. The CLI, the key map and the dispatcher all read this list. */
export const COMMANDS: readonly CommandDescriptor[] = [
  labelLeaf,
  labelPort,
  forgetPort,
  unquarantinePort,
  identifyPort,
  enablePort,
  disablePort,
  confirmPort,
  upPort,
  downPort,
  setPort,
  releasePort,
  bindRole,
  unbindRole,
  undoEvent,
  verifyEvents,
  cancelJob,
  resumeJob,
];

/** The command behind `<aggregate>.<verb>`, if there is one. */
export const findCommand = (aggregate: string, verb: string): CommandDescriptor | undefined =>
  COMMANDS.find((command) => command.aggregate === aggregate && command.verb === verb);
