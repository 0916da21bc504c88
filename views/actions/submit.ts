import {parseFilter, unknownColumns} from '#domain/filter.ts';
import {ownValue} from '#domain/own.ts';
import type {PromptPurpose} from '#store/overlay.ts';
import {titleOf} from '#store/ports.ts';

import {type Console, type View, viewOf} from '../console.ts';
import {filterNames} from '../filter-names.ts';
import {closeOverlay, openDialog, openViewer} from './overlays.ts';
import {goTo} from './past.ts';
import {answer} from './view-action.ts';
import {failureText, sendWish} from './wishes.ts';

/** How many typed lines ↑ goes back through. */
const HISTORY_MAX = 100;

/** Enter in a prompt: what was typed is done. */
export function submitPrompt(console: Console, purpose: PromptPurpose, text: string): void {
  closeOverlay(console);
  switch (purpose.kind) {
    case 'filter':
      checkFilter(console, text);
      return;
    case 'label':
      setLabel(console, purpose, text);
      return;
    case 'role':
      setRole(console, purpose, text);
      return;
    case 'moment':
      void goTo(console, text);
      return;
    case 'command':
      if (text.trim() !== '') {
        void runCommand(console, text.trim());
      }
  }
}

/** Tells when a filter names a column that does not exist: it finds nothing. */
function checkFilter(console: Console, text: string): void {
  const names = filterNames(viewOf(console));
  const [unknown] = names.length === 0 ? [] : unknownColumns(parseFilter(text), names);
  if (unknown !== undefined) {
    answer(console, `there is no column "${unknown}"; there are ${names.join(', ')}`, 'note');
  }
}

type PortPurpose = Extract<PromptPurpose, {readonly portId: string}>;

function setLabel(console: Console, {portId, seen}: PortPurpose, text: string): void {
  const {read, selectors} = viewOf(console);
  const name = selectors.names(read).port(portId);
  const label = text === '' ? null : text;
  const done = label === null ? `took the label of ${name} away` : `labelled ${name} "${label}"`;
  void sendWish(
    console,
    {aggregate: 'port', verb: 'label', target: portId, data: {label}, seen},
    done,
  );
}

function setRole(console: Console, purpose: PortPurpose, role: string): void {
  const {read, selectors} = viewOf(console);
  const row = selectors.portRow(read, purpose.portId);
  if (row?.roles.includes(role)) {
    answer(console, `role ${role} follows ${titleOf(row)} already`, 'note');
  } else if (role !== '') {
    void bindRole(console, purpose, role);
  } else if (row !== undefined && row.role !== null) {
    askUnbind(console, row.role, titleOf(row));
  }
}

/** As the role is bound elsewhere: by unit or by port, to the same class, and the same part of it. */
function bindingHere({read, selectors}: View, portId: string, role: string): RoleBinding {
  const device = selectors.portRow(read, portId)?.device ?? null;
  const {target, selector} = ownValue(read.inventory.roles, role) ?? {};
  const hasPart = device?.functions.some(({id}) => id === selector?.suffix) === true;
  return {
    ...(target?.kind === 'device' && device !== null ? {device: device.id} : {port: portId}),
    ...(typeof selector?.class === 'string' ? {class: selector.class} : {}),
    ...(hasPart && typeof selector?.suffix === 'string' ? {suffix: selector.suffix} : {}),
  };
}

type RoleBinding = Readonly<Partial<Record<'port' | 'device' | 'class' | 'suffix', string>>>;

async function bindRole(
  console: Console,
  {portId, seen}: PortPurpose,
  role: string,
): Promise<void> {
  const view = viewOf(console);
  const name = view.selectors.names(view.read).port(portId);
  const data = bindingHere(view, portId, role);
  const flags = Object.entries(data).map(([flag, value]) => `--${flag} ${value}`);
  const wish = {aggregate: 'role', verb: 'bind', target: role, data};
  const {code} = await sendWish(console, {...wish, seen}, `role ${role} follows ${name}`);
  if (code === 'role-held') {
    openDialog(console, {
      title: `MOVE ROLE ${role.toUpperCase()} HERE?`,
      facts: [
        {name: 'What', text: `role ${role} is bound elsewhere, and would follow ${name}`},
        {name: 'Hits', text: 'whatever uses the role loses what it follows now'},
        {name: 'Back', text: 'U undoes it'},
        {name: 'Same as', text: `cim-tui role bind ${role} ${flags.join(' ')} --move`},
      ],
      buttons: [
        {label: 'No, leave it', effect: {kind: 'close'}},
        {
          label: 'Move it here',
          effect: {
            kind: 'wishes',
            wishes: [{...wish, data: {...data, move: true}, seen}],
            done: `role ${role} follows ${name}`,
          },
        },
      ],
    });
  }
}

function askUnbind(console: Console, role: string, name: string): void {
  const seen = viewOf(console).read.inventory.sequence;
  openDialog(console, {
    title: `UNBIND ROLE ${role.toUpperCase()}?`,
    facts: [
      {name: 'What', text: `role ${role} follows ${name}`},
      {name: 'Hits', text: 'whatever uses the role loses its device'},
      {name: 'Back', text: 'U undoes it'},
      {name: 'Same as', text: `cim-tui role unbind ${role}`},
    ],
    buttons: [
      {label: 'No, leave it', effect: {kind: 'close'}},
      {
        label: 'Unbind it',
        effect: {
          kind: 'wishes',
          wishes: [{aggregate: 'role', verb: 'unbind', target: role, data: {}, seen}],
          done: `role ${role} follows nothing`,
        },
      },
    ],
  });
}

async function runCommand(console: Console, line: string): Promise<void> {
  console.ui.setState(({commandHistory}) => ({
    commandHistory: [...commandHistory.filter((known) => known !== line), line].slice(-HISTORY_MAX),
  }));
  if (line === 'q' || line === 'quit') {
    console.ports.quit({keepRecording: null});
    return;
  }
  try {
    const {lines, exitCode} = await console.ports.execute(line);
    const [only = `${line}: done`] = lines;
    if (lines.length > 1) {
      openViewer(console, `: ${line}${exitCode === 0 ? '' : ` (exit ${exitCode})`}`, lines);
    } else {
      answer(console, only, exitCode === 0 ? 'done' : 'refused');
    }
  } catch (error) {
    answer(console, failureText(error), 'refused');
  }
}
