/** What people read about a code: one sentence, and one thing to do next. */
export interface ErrorText {
  readonly sentence: string;
  readonly remedy: string;
}

const text = (sentence: string, remedy: string): ErrorText => ({sentence, remedy});

/** The closed list of codes. A refusal carries one, and so does every CimError. */
export const ERROR_TEXTS = {
  'agent-starting': text('the leaf is starting', 'it answers once it has read its events'),
  'ambiguous-job': text('several jobs begin so', 'name more of its id: `cim-tui job list`'),
  'ambiguous-target': text('two things bear this label', 'name it by its id: `cim-tui port list`'),
  'already-forgotten': text('there is nothing left to forget', 'look at `cim-tui port list --all`'),
  'bad-moment': text('this is no moment', 'name a sequence, a time, `yesterday 14:00` or `-15m`'),
  'bad-recording': text(
    'this is no recording that can be read',
    'make one: `cim-tui uevent record FILE`',
  ),
  'bad-request': text('the request cannot be read', 'compare it with `cim-tui COMMAND --help`'),
  'bad-rule': text(
    'this cannot be written as a udev rule',
    'bind the role by its port: a place needs no text of the unit',
  ),
  'before-first-event': text('nothing had been recorded then', 'see `cim-tui event list --from 1`'),
  'boot-disk': text('the system runs from it', 'nothing: this is never done'),
  'change-open': text(
    'a change of this port is not done yet',
    'confirm it, or wait until it comes back by itself: `cim-tui port show`',
  ),
  'changed-meanwhile': text('it was changed after you last saw it', 'look again, then repeat'),
  'console-connecting': text('not connected yet: nothing is sent', 'wait a moment'),
  'console-past': text('PAST: what has been cannot be changed', 'Esc goes back to now'),
  'console-readonly': text('READONLY: this console changes nothing', 'start it without --readonly'),
  'console-stale': text(
    'STALE: the leaf does not answer, and nothing is queued',
    'it comes back by itself; if not: `cim-tui doctor`',
  ),
  'control-characters': text('a label may not hold control characters', 'type it again'),
  'empty-label': text('a label needs at least one letter', 'to take it away, use --clear'),
  'fence-lost': text('another agent wrote to the store', 'this agent ends; try again in a moment'),
  'file-exists': text('this file is there already', 'name another, or move it away'),
  'file-failed': text('the file cannot be used', 'check its path and who may use it'),
  'guard-failed': text(
    'nothing could be prepared to put it back',
    'nothing was changed; see the log: `cim-tui doctor` names it',
  ),
  'home-in-use': text('a leaf runs in this home already', 'use it: `cim-tui`'),
  'in-use': text(
    'something is still plugged in or bound to it',
    'unplug it or unbind its role first',
  ),
  'last-keyboard': text(
    'it is the last keyboard',
    'have it tried first: repeat with `--try 120`, and confirm within that time',
  ),
  'last-uplink': text(
    'it is the last uplink',
    'have it tried first: repeat with `--try 120`, and confirm within that time',
  ),
  'own-session': text(
    'your own session comes through here',
    'have it tried first: repeat with `--try 120`, and confirm within that time',
  ),
  'job-ended': text('this job has ended', 'see how: `cim-tui job show JOB`'),
  'job-running': text('this is being done already', 'follow it: `cim-tui job list` has its id'),
  'label-taken': text('another port bears this label already', 'choose another, or clear that one'),
  'lease-lost': text('another agent has taken over this leaf', 'nothing: this one ends'),
  'leaf-not-yours': text(
    'a leaf runs here, and you may not use it',
    'ask an administrator to add you to the group cim',
  ),
  'machined-failed': text(
    'systemd-machined does not answer here',
    'see `systemctl status systemd-machined`; it needs systemd as the first process',
  ),
  'nats-failed': text('the NATS server gave an error', 'see `cim-tui doctor`'),
  'nats-refused': text('the NATS server refused these credentials', 'check --creds'),
  'nats-server-failed': text(
    'the NATS server does not run',
    'see its log: `cim-tui doctor` names it',
  ),
  'nats-too-old': text('the NATS server is older than 2.12', 'install nats-server 2.14.3 or newer'),
  'name-taken': text('an interface of this name is there already', 'give the role another name'),
  'needs-root': text('this needs root', 'run the leaf as root: `sudo cim-tui serve`'),
  'newer-event': text('an event of this cannot be read here', 'update this cim-tui'),
  'no-agent': text('no leaf answers here', 'start one: `cim-tui serve`'),
  'no-event': text('there is no event with this sequence', 'look at `cim-tui event list`'),
  'no-lamp': text(
    'this port has no lamp that could blink',
    'pull its plug out and put it back: after `i` in the console its row lights up',
  ),
  'no-function': text('nothing plugged in there fits', 'look at `cim-tui port show`'),
  'no-machined': text(
    'systemd-machined is not installed here',
    'install it: `apt-get install systemd-container`',
  ),
  'no-system-bus': text(
    'there is no system bus here',
    'install dbus and start this machine with systemd',
  ),
  'not-bound': text('this role is bound to nothing', 'look at `cim-tui role list`'),
  'not-for-this-port': text('this port has nothing like that', 'look at `cim-tui port show`'),
  'not-kept': text(
    'it is read live, and not kept',
    'look at it as it is now: without --at, or Esc',
  ),
  'not-read-yet': text('it has not been read yet', 'ask again in a moment'),
  'not-undoable': text('this event cannot be undone', 'see what it was: `cim-tui event show`'),
  'nothing-on-trial': text('no change of this port is on trial', 'look at `cim-tui port show`'),
  'nothing-to-change': text('it is so already', 'nothing'),
  'permission-denied': text('the system does not allow it', 'see `cim-tui doctor`'),
  'port-in-use': text('the TCP port of this leaf is taken', 'end the program that holds it'),
  'process-failed': text('a program gave an error', 'see the log: `cim-tui doctor` names it'),
  'projection-stopped': text(
    'a part of the state could not be computed',
    'a newer version may be able to: nothing is stored until then',
  ),
  'no-udev': text('udev does not run here', 'start systemd-udevd'),
  'role-held': text('this role is bound elsewhere', 'unbind it there, or repeat with --move'),
  'space-at-ends': text('a label may not begin or end with a space', 'type it again'),
  'store-failed': text('the event store gave an error', 'see `cim-tui doctor`'),
  'store-full': text('the event store is full', 'make room: see `cim-tui status`'),
  superseded: text('something newer has changed the same', 'undo that first, or set it anew'),
  'time-is-up': text('no answer in time', 'it may still happen: `cim-tui event list`'),
  'too-long': text('a label has at most 40 characters', 'shorten it'),
  'udev-failed': text('udev gave an error', 'see the log: `cim-tui doctor` names it'),
  'unknown-command': text('there is no such command', 'see `cim-tui --help`'),
  'unknown-container': text('no such container runs here', 'look at `cim-tui container list`'),
  'unknown-device': text('there is no such device', 'look at `cim-tui device list`'),
  'unknown-job': text('there is no such job', 'look at `cim-tui job list`'),
  'unknown-leaf': text('this is another leaf', 'look at `cim-tui leaf show`'),
  'unknown-port': text('there is no such port', 'look at `cim-tui port list --all`'),
  'unknown-role': text('there is no such role', 'look at `cim-tui role list`'),
  'wrong-usage': text('these words do not fit the command', 'see `cim-tui --help`'),
} as const satisfies Record<string, ErrorText>;

export type ErrorCode = keyof typeof ERROR_TEXTS;

export interface CimErrorOptions {
  readonly cause?: unknown;
  readonly context?: Readonly<Record<string, string | number | boolean | null>>;
}

/** The one error class: what was being done, on what, what was seen. */
export class CimError extends Error {
  readonly code: ErrorCode;
  readonly context: NonNullable<CimErrorOptions['context']>;

  constructor(code: ErrorCode, message: string, options: CimErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : {cause: options.cause});
    this.name = 'CimError';
    this.code = code;
    this.context = options.context ?? {};
  }
}

/** True for a CimError, of the given code when one is given. */
export const isCimError = (error: unknown, code?: ErrorCode): error is CimError =>
  error instanceof CimError && (code === undefined || error.code === code);

/** True when a text from outside is one of our codes. */
export const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(ERROR_TEXTS, code);

/** An error and its causes on one line, outermost first, as the log keeps it. */
export function errorChain(error: unknown): string {
  const parts: string[] = [];
  let current: unknown = error;
  while (current instanceof Error && parts.length < 8) {
    const code = isCimError(current) ? `${current.code}: ` : '';
    parts.push(`${code}${current.message}`);
    current = current.cause;
  }
  if (parts.length === 0) {
    parts.push(String(error));
  }
  return parts.join(' <- ');
}
