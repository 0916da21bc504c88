import {ERROR_TEXTS} from '#domain/errors.ts';
import {TRY_SECONDS} from '#domain/port/commands.ts';
import type {Dialog} from '#store/overlay.ts';
import {type HazardKind, type PortRow, titleOf} from '#store/ports.ts';

import {type Console, type View, viewOf} from '../console.ts';
import {stakeWord} from '../words/stakes.ts';
import {openDialog, openPrompt} from './overlays.ts';
import {onePort, selectedPorts, unquarantine} from './port.ts';
import type {ViewAction} from './view-action.ts';
import {sendWish} from './wishes.ts';

/** One wish about the hardware of a port, as a dialog asks it. */
interface ChangeQuestion {
  readonly verb: string;
  /** `Disable`, on the button. */
  readonly button: string;
  /** `disabled`, once it is accepted. */
  readonly done: string;
  /** It takes the port away from whoever uses it. */
  readonly cuts: boolean;
  /** What it does beside what its title says. */
  readonly effect?: string;
}

const theRow = (view: View): PortRow | undefined => selectedPorts(view)[0];

/** Why a change cannot be wanted now, as far as the picture tells; the agent decides. */
const openTrial = (row: PortRow): string | null =>
  row.change === null || row.change.trySeconds === null
    ? null
    : `${titleOf(row)}: ${ERROR_TEXTS['change-open'].sentence}; C confirms it`;

const refusalWith =
  (why: (row: PortRow, view: View) => string | null) =>
  (view: View): string | null => {
    const row = theRow(view);
    return onePort(view) ?? (row === undefined ? null : (openTrial(row) ?? why(row, view)));
  };

const holdsSystem = (row: PortRow, view: View): string | null =>
  kindsOf(view, row).includes('boot-disk')
    ? `${titleOf(row)}: ${ERROR_TEXTS['boot-disk'].sentence}`
    : null;

const kindsOf = ({selectors, read, ui}: View, {id}: PortRow): readonly HazardKind[] =>
  selectors.hazards(read, ui.caller, id).kinds;

export const disable: ViewAction = {
  id: 'port.disable',
  title: 'disable: nobody uses what is in it, now and after each plug',
  changesLeaf: true,
  refusal: refusalWith((row, view) =>
    row.state === 'disabled' ? `${titleOf(row)} is disabled already` : holdsSystem(row, view),
  ),
  run: (console) =>
    ask(console, {verb: 'disable', button: 'Disable', done: 'disabled', cuts: true}),
};

export const enable: ViewAction = {
  id: 'port.enable',
  title: 'enable it again, also out of quarantine',
  changesLeaf: true,
  refusal: refusalWith((row) =>
    row.state === 'quarantined' || row.state === 'disabled' || row.wanted.enabled === false
      ? null
      : `${titleOf(row)} is not disabled`,
  ),
  run(console, key) {
    if (theRow(viewOf(console))?.state === 'quarantined') {
      unquarantine.run(console, key);
    } else {
      ask(console, {verb: 'enable', button: 'Enable', done: 'enabled', cuts: false});
    }
  },
};

const isNetwork = ({device}: PortRow): boolean =>
  device?.functions.some((item) => item.interface !== null) === true;

/** L: an interface that was set down goes up; any other goes down. */
export const turnLink: ViewAction = {
  id: 'port.down',
  title: 'set its network link down, or up again',
  changesLeaf: true,
  refusal: refusalWith((row, view) =>
    isNetwork(row)
      ? row.wanted.link === 'down'
        ? null
        : holdsSystem(row, view)
      : `${titleOf(row)} has no network interface`,
  ),
  run(console) {
    const isDown = theRow(viewOf(console))?.wanted.link === 'down';
    ask(
      console,
      isDown
        ? {verb: 'up', button: 'Set up', done: 'set up', cuts: false}
        : {verb: 'down', button: 'Set down', done: 'set down', cuts: true},
    );
  },
};

export const release: ViewAction = {
  id: 'port.release',
  title: 'release: no role follows it, its settings are as they were found',
  changesLeaf: true,
  refusal: refusalWith((row, {read}) => {
    const follow = row.roles.filter((id) => read.inventory.roles[id]?.target.kind === 'port');
    if (follow.length > 0 || Object.keys(row.wanted).length > 0) {
      return null;
    }
    return row.roles.length === 0
      ? `${titleOf(row)} has no role, and nothing is set of it`
      : `role ${row.roles.join(', ')} follows the unit in it: r unbinds it`;
  }),
  run(console) {
    const effect = 'whatever uses its roles loses what they follow';
    ask(console, {verb: 'release', button: 'Release', done: 'released', cuts: false, effect});
  },
};

/** What `port set` is for here; what is away may have been set before. */
function settableFlag({class: made, device, wanted}: PortRow): '--baud' | '--mtu' | null {
  const has = (name: string): boolean =>
    made === name || device?.functions.some((item) => item.class === name) === true;
  if (has('serial') || wanted.baud !== undefined) {
    return '--baud';
  }
  return has('network') || wanted.mtu !== undefined ? '--mtu' : null;
}

/** s: the command line, with what can be set of this port. */
export const set: ViewAction = {
  id: 'port.set',
  title: 'set its speed or its largest packet, on the command line',
  changesLeaf: true,
  refusal: refusalWith((row) =>
    settableFlag(row) === null ? `${titleOf(row)} has no serial line and no network card` : null,
  ),
  run(console) {
    const row = theRow(viewOf(console));
    if (row !== undefined) {
      const flag = settableFlag(row) ?? '';
      openPrompt(console, {kind: 'command'}, `port set ${quoted(row)} --yes ${flag} `);
    }
  },
};

/** C: whoever presses it still gets through. */
export const confirm: ViewAction = {
  id: 'port.confirm',
  title: 'confirm a change that is on trial: it stays',
  changesLeaf: true,
  refusal: (view) => {
    const row = theRow(view);
    return (
      onePort(view) ??
      (row?.change?.state === 'trial' ? null : ERROR_TEXTS['nothing-on-trial'].sentence)
    );
  },
  run(console) {
    const row = theRow(viewOf(console));
    if (row !== undefined) {
      const wish = {aggregate: 'port', verb: 'confirm', target: row.id, data: {}};
      void sendWish(console, wish, `${titleOf(row)} stays as it is now`);
    }
  },
};

function ask(console: Console, question: ChangeQuestion): void {
  const view = viewOf(console);
  const row = theRow(view);
  if (row !== undefined) {
    openDialog(console, dialogOf(view, row, question));
  }
}

const quoted = (row: PortRow): string =>
  /\s/.test(titleOf(row)) ? `"${titleOf(row)}"` : titleOf(row);

/** With something at stake the label is typed, and what is done is tried first. */
function dialogOf(view: View, row: PortRow, question: ChangeQuestion): Dialog {
  const {verb, button, done, cuts} = question;
  const title = titleOf(row);
  const isGrave = cuts && kindsOf(view, row).length > 0;
  const data = isGrave ? {trySeconds: TRY_SECONDS} : {};
  const wish = {aggregate: 'port', verb, target: row.id, data};
  const flag = isGrave ? ` --try ${TRY_SECONDS}` : '';
  const back = isGrave
    ? [
        {
          name: 'Safety',
          text: `comes back by itself after ${TRY_SECONDS} s unless you confirm (C),`,
        },
        {name: '', text: 'also when this line, the agent or the power fails'},
      ]
    : [{name: 'Back', text: 'U undoes it'}];
  return {
    title: `${verb.toUpperCase()} ${title}?`,
    facts: [
      {name: 'What', text: whatText(row)},
      ...hits(view, row, question),
      ...back,
      {name: 'Same as', text: `cim-tui port ${verb} ${quoted(row)}${flag}`},
    ],
    ...(isGrave ? {mustType: title} : {}),
    buttons: [
      {label: 'No, leave it', effect: {kind: 'close'}},
      {
        label: isGrave ? `${button}, for ${TRY_SECONDS} s` : `${button} it`,
        effect: {
          kind: 'wishes',
          wishes: [{...wish, seen: view.read.inventory.sequence}],
          done: `${title}: to be ${done}`,
        },
      },
    ],
  };
}

function whatText(row: PortRow): string {
  const {device, roles, class: made} = row;
  const names = device?.functions.flatMap((item) => item.interface ?? item.nodes[0] ?? []) ?? [];
  const unit = [...names.slice(0, 1), device?.name].filter((part) => part !== undefined);
  const role = roles.length === 0 ? '' : `, role ${roles.join(', ')}`;
  return `${made} port ${titleOf(row)} (${unit.join(', ') || 'empty'})${role}`;
}

function hits(
  view: View,
  row: PortRow,
  {cuts, effect}: ChangeQuestion,
): readonly {readonly name: string; readonly text: string}[] {
  const {kinds, users} = view.selectors.hazards(view.read, view.ui.caller, row.id);
  const worst = cuts ? kinds.map((kind) => `! ${stakeWord(kind)}`) : [];
  const others = cuts ? users.map((user) => `  used by ${user}`) : [];
  const isUnknown = cuts && row.user.kind === 'unknown' && row.device !== null;
  const texts = [
    ...worst,
    ...others,
    ...(isUnknown ? ['  who uses it cannot be read here'] : []),
    ...(effect === undefined ? [] : [`  ${effect}`]),
  ];
  return (texts.length === 0 ? ['  nothing that is known'] : texts).map((text, index) => ({
    name: index === 0 ? 'Hits' : '',
    text,
  }));
}
