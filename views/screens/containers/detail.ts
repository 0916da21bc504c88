import type {ContainerRow} from '#store/containers.ts';

import {sectionSpans} from '../../components/titles.ts';
import type {View} from '../../console.ts';
import {fieldItem as field, type ListItem, plainItem} from '../../lists.ts';
import {ageText, agoText, momentText} from '../../words/times.ts';

/** The lines of the detail of a container. */
export function containerDetailItems(view: View): readonly ListItem[] {
  const {read, ui, theme, selectors} = view;
  const name = ui.detail?.kind === 'container' ? ui.detail.name : '';
  const row = selectors.containerRows(read).find((each) => each.name === name);
  if (row === undefined) {
    return [
      plainItem({text: ' this container does not run any more; Esc goes back', tone: 'warning'}),
    ];
  }
  const section = (title: string): ListItem => plainItem(...sectionSpans(theme, title, ui.columns));
  const age = row.seenAt === null ? 'not read yet' : `read ${agoText(ui.now, row.seenAt)}`;
  return [
    section(`CONTAINER (from ${row.source}, ${age})`),
    field('class', row.class),
    field('state', stateText(view, row)),
    field('made by', row.service ?? '-'),
    field('files', row.rootDirectory ?? '-'),
    section('NETWORK'),
    ...networkItems(row),
    section('PROCESSES'),
    field('unit', row.unit ?? '-'),
    field('leader', row.leader === null ? '-' : `pid ${row.leader}, seen from the host`),
    section('NEXT'),
    ...nextItems(row),
  ];
}

function stateText({ui}: View, {state, since}: ContainerRow): string {
  const at = Date.parse(since);
  return `${state}, there since ${momentText(ui.now, at)} (${ageText(ui.now, at)})`;
}

function networkItems({network, addresses}: ContainerRow): readonly ListItem[] {
  switch (network) {
    case 'host':
      return [field('network', "the host's: it has every address of the host")];
    case 'unknown':
      return [field('network', 'machined does not tell')];
    case 'own':
      return addresses.length === 0
        ? [field('address', 'none yet')]
        : addresses.map((address) => field('address', address));
  }
}

/** What a shell of the host can do meanwhile. */
const nextItems = ({unit, class: kind, name}: ContainerRow): readonly ListItem[] => [
  ...(unit === null ? [] : [field('log', `journalctl -u ${unit}`)]),
  ...(kind === 'container' ? [field('shell', `machinectl shell ${name}`)] : []),
];
