import {undoEventCase} from './event/undo.ts';
import {verifyEventsCase} from './event/verify.ts';
import {cancelJobCase} from './job/cancel.ts';
import {resumeJobCase} from './job/resume.ts';
import {labelLeafCase} from './leaf/label.ts';
import {
  disablePortCase,
  downPortCase,
  enablePortCase,
  setPortCase,
  upPortCase,
} from './port/change.ts';
import {confirmPortCase} from './port/confirm.ts';
import {forgetPortCase} from './port/forget.ts';
import {identifyPortCase} from './port/identify.ts';
import {labelPortCase} from './port/label.ts';
import {releasePortCase} from './port/release.ts';
import {unquarantinePortCase} from './port/unquarantine.ts';
import {bindRoleCase} from './role/bind.ts';
import {unbindRoleCase} from './role/unbind.ts';
import type {UseCase} from './use-case.ts';

/** Every command the agent answers. A test holds it against domain/commands.ts. */
export const USE_CASES: readonly UseCase[] = [
  labelLeafCase,
  labelPortCase,
  forgetPortCase,
  unquarantinePortCase,
  identifyPortCase,
  enablePortCase,
  disablePortCase,
  confirmPortCase,
  upPortCase,
  downPortCase,
  setPortCase,
  releasePortCase,
  bindRoleCase,
  unbindRoleCase,
  undoEventCase,
  verifyEventsCase,
  cancelJobCase,
  resumeJobCase,
];
