import {ERROR_TEXTS} from '#domain/errors.ts';
import {settingsWords} from '#domain/port/settings.ts';
import {asWhom} from '#domain/port/user.ts';
import {type FunctionRow, isAboutPort, type PortRow, roleAwaiting} from '#store/ports.ts';
import {portDetail} from '#store/ui-store.ts';

import {sectionSpans} from '../../components/titles.ts';
import type {View} from '../../console.ts';
import {fieldItem as field, type ListItem, plainItem} from '../../lists.ts';
import {stakeWords, trialWords} from '../../words/stakes.ts';
import {ageText, agoText, momentText} from '../../words/times.ts';
import {EVENT_COLUMNS} from '../events/columns.ts';
import {withDates} from '../events/items.ts';
import {deviceCell, speedText, userText} from './cells.ts';

/** Id of an event's line in the detail. */
export const EVENT_ID = 'event:';

/** The lines of the detail of a port, on the tab that is open. */
export function detailItems(view: View): readonly ListItem[] {
  const detail = portDetail(view.ui);
  const row = detail === null ? undefined : view.selectors.portRow(view.read, detail.portId);
  if (detail === null || row === undefined) {
    return [plainItem({text: ' this port is gone from the list; Esc goes back', tone: 'warning'})];
  }
  switch (detail.tab) {
    case 'summary':
      return [...summaryItems(view, row), ...historyItems(view, row, 4)];
    case 'properties':
      return propertyItems(view, row).map((item, index) => ({...item, id: `property:${index}`}));
    case 'history':
      return historyItems(view, row, Number.POSITIVE_INFINITY);
  }
}

function summaryItems(view: View, row: PortRow): readonly ListItem[] {
  const {theme, ui} = view;
  const section = (title: string): ListItem => plainItem(...sectionSpans(theme, title, ui.columns));
  return [
    section('PORT'),
    field('label', row.label ?? '- (e gives it one)'),
    field('socket', `${row.position} · ${row.kind}, made for ${row.class}, ${row.direction}`),
    field('state', stateText(view, row)),
    ...changeItems(view, row),
    field('role', row.roles.length === 0 ? '- (r gives it one)' : row.roles.join(', ')),
    ...linkItems(view, row),
    section('DEVICE'),
    ...deviceItems(row),
    section(
      row.user.seenAt === null ? 'USED BY' : `USED BY (read ${agoText(ui.now, row.user.seenAt)})`,
    ),
    ...userItems(row),
    ...nextItems(view, row),
  ];
}

/** By which stable paths its roles are reached, and where they are not. */
function linkItems({read}: View, row: PortRow): readonly ListItem[] {
  const {list, limit} = read.roleLinks;
  const links = list.filter(({role}) => row.roles.includes(role));
  if (row.roles.length > 0 && limit !== null) {
    const {sentence, remedy} = ERROR_TEXTS[limit.refused];
    return [field('reached by', `- (${sentence}; ${remedy})`, 'warning')];
  }
  return links.map(({path, node, state, detail}) =>
    state === 'right'
      ? field('reached by', `${path} → ${node}`)
      : field('reached by', `${path}: ${state}${detail === null ? '' : `, ${detail}`}`, 'warning'),
  );
}

/** Id of the line that gives a role that waits its place here. */
export const NEXT_ROLE_ID = 'next:role';

/** What would help, with the key that does it. */
function nextItems({read, theme, ui}: View, row: PortRow): readonly ListItem[] {
  const role = roleAwaiting(read.inventory, row.id);
  if (role === null) {
    return [];
  }
  const text = `move role ${role} here: it leads nowhere now`;
  return [
    plainItem(...sectionSpans(theme, 'NEXT', ui.columns)),
    {
      id: NEXT_ROLE_ID,
      spans: (isSelected) => [
        {text: isSelected ? theme.glyphs.cursor : ' '},
        {text, tone: 'strong'},
      ],
    },
  ];
}

/** What was set of it, what hangs on it, and how long a change on trial has still to go. */
function changeItems({ui, read, selectors}: View, row: PortRow): readonly ListItem[] {
  const {change, wanted} = row;
  const kinds = selectors.stakes(read, ui.caller).get(row.id) ?? [];
  const set = settingsWords(wanted);
  return [
    ...(kinds.length === 0 ? [] : [field('at stake', stakeWords(kinds), 'warning')]),
    ...(set === '' ? [] : [field('set', set)]),
    ...(change === null ? [] : [field('on trial', trialWords(change, ui.now), 'warning')]),
  ];
}

function stateText({ui}: View, row: PortRow): string {
  const since = Date.parse(row.since);
  const link = row.link === null ? '' : ` · link ${row.link}`;
  const speed = row.speedMbps === null ? '' : `, ${speedText(row.speedMbps)}`;
  return `${row.state} since ${momentText(ui.now, since)} (${ageText(ui.now, since)})${link}${speed}`;
}

function deviceItems({device, ...row}: PortRow): readonly ListItem[] {
  if (device === null) {
    return [plainItem({text: ` ${deviceCell({...row, device})}`, tone: 'quiet'})];
  }
  const unit = [
    device.name,
    device.ids ?? '',
    device.serial === null ? 'no serial' : `serial ${device.serial}`,
  ];
  const identity = device.ambiguous
    ? 'ambiguous: another unit bears the same serial, the socket decides'
    : `recognised by its ${device.identity}`;
  return [
    plainItem({text: ` ${unit.filter((part) => part !== '').join(' · ')}`, tone: 'strong'}),
    field('identity', identity, device.ambiguous ? 'warning' : 'plain'),
    field('driver', device.driver ?? '-'),
    ...device.functions.map((item) => field('offers', functionText(item))),
  ];
}

function functionText({
  class: name,
  direction,
  state,
  nodes,
  role,
  interface: netdev,
}: FunctionRow): string {
  const where = nodes.length === 0 ? (netdev ?? '') : nodes.join(' ');
  const parts = [`${name}, ${direction}`, where, role === null ? '' : `role ${role}`];
  const text = parts.filter((part) => part !== '').join(' · ');
  return state === 'absent' ? `${text} (absent)` : text;
}

function userItems({user}: PortRow): readonly ListItem[] {
  const processes = user.processes.map(({name, pid, unit, ...who}) =>
    field(name, `pid ${pid} · ${asWhom(who)}${unit === null ? '' : ` · ${unit}`}`),
  );
  const marks =
    user.marks.length === 0 ? '' : ` · ${user.marks.map((mark) => MARKS[mark]).join(', ')}`;
  const hint = user.kind === 'unknown' ? ' (who uses it cannot be read here)' : '';
  return [field(user.kind, `${userText(user)}${hint}${marks}`), ...processes];
}

const MARKS = {
  boot: 'holds / or /boot',
  route: 'carries the default route',
  mount: 'is mounted',
} as const;

function propertyItems({theme, ui}: View, row: PortRow): readonly ListItem[] {
  const {device, user: _user, fields, wanted, found, change, ...port} = row;
  const {functions = [], nodes: _nodes, ...unit} = device ?? {};
  const section = (title: string): ListItem => plainItem(...sectionSpans(theme, title, ui.columns));
  const lines = (values: object): readonly ListItem[] =>
    Object.entries(values).map(([name, value]) => field(name, valueText(value)));
  const told = Object.entries({...port, ...setTexts({wanted, found, change})}).map(
    ([name, value]) => {
      const set = fields[name];
      const source = set === undefined ? '' : `event ${set}`;
      return field(name, `${valueText(value).padEnd(VALUE_CELLS)} ${source}`);
    },
  );
  return [
    section('PORT'),
    ...told,
    section('DEVICE'),
    ...(device === null ? [plainItem({text: ' (empty)', tone: 'quiet'})] : lines(unit)),
    ...functions.flatMap((item) => [section(`FUNCTION ${item.id}`), ...lines(omitUser(item))]),
  ];
}

/** What somebody has set; nothing where nobody has. */
function setTexts({
  wanted,
  found,
  change,
}: Pick<PortRow, 'wanted' | 'found' | 'change'>): Readonly<Record<string, string>> {
  const isSet = Object.keys(wanted).length > 0 || change !== null;
  return isSet ? {wanted: settingsWords(wanted) || '-', found: settingsWords(found) || '-'} : {};
}

/** Behind a field's value stands the event that set it. */
const VALUE_CELLS = 44;

const omitUser = ({user: _user, ...rest}: FunctionRow): object => rest;

function historyItems(view: View, row: PortRow, limit: number): readonly ListItem[] {
  const {read, selectors, theme, ui} = view;
  const all = selectors.eventRows(read.history, read.inventory).filter(({message}) => {
    if (message.kind !== 'event') {
      return message.kind === 'newer' && message.id === row.id;
    }
    const {event} = message;
    // Of the unit what it has done here: it brings no history along.
    const isOfUnit =
      event.subject === row.device?.id && message.sequence >= (row.fields.deviceId ?? 0);
    return isOfUnit || isAboutPort(event, row.id);
  });
  const shown = all.slice(limit === Number.POSITIVE_INFINITY ? 0 : -limit).reverse();
  const count = shown.length === all.length ? `${all.length}` : `${shown.length} of ${all.length}`;
  const title = plainItem(...sectionSpans(theme, `HISTORY (${count})`, ui.columns));
  if (shown.length === 0) {
    return [title, plainItem({text: ' nothing among the newest 1,000 events', tone: 'quiet'})];
  }
  const items = withDates(view, shown, EVENT_COLUMNS);
  return [
    title,
    ...items.map((item) => (item.id === null ? item : {...item, id: `${EVENT_ID}${item.id}`})),
  ];
}

const valueText = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : Array.isArray(value)
      ? value.map(String).join(', ') || '-'
      : value === null
        ? '-'
        : String(value);
