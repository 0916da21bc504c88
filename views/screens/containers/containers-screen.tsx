import {emptySpans, ListScreen} from '../../components/list-screen.tsx';
import {ruleSpans} from '../../components/titles.ts';
import type {View} from '../../console.ts';
import {markedId} from '../../screen-list.ts';
import {containerFoot, containerHeading, containerTitles} from './items.ts';

/** What systemd-machined runs here; or the detail of one. */
export function ContainersScreen({view, height}: {readonly view: View; readonly height: number}) {
  const {read, ui, theme, lists} = view;
  if (ui.detail?.kind === 'container') {
    return <ContainerDetail view={view} name={ui.detail.name} height={height} />;
  }
  const {rows, total} = lists.containers(read, ui);
  const id = markedId(view);
  const row = rows.find(({name}) => name === id);
  const rule = ruleSpans(theme, ui.columns);
  const none =
    read.containers.seenAt === null
      ? 'containers have not been read yet'
      : 'no container runs here; start one: machinectl start NAME';
  return (
    <ListScreen
      view={view}
      height={height}
      heading={containerHeading(view)}
      above={[containerTitles(view), rule]}
      below={[rule, row === undefined ? [{text: ' '}] : containerFoot(view, row)]}
      empty={emptySpans(view, ui.lists.containers.filter, total, none)}
    />
  );
}

interface ContainerDetailProps {
  readonly view: View;
  readonly name: string;
  readonly height: number;
}

function ContainerDetail({view, name, height}: ContainerDetailProps) {
  const {cursor} = view.theme.glyphs;
  return (
    <ListScreen
      view={view}
      height={height}
      heading={{
        left: [
          {text: ' 3 Containers', tone: 'title'},
          {text: ` ${cursor} `},
          {text: name, tone: 'strong'},
        ],
        right: [],
      }}
      empty={[]}
    />
  );
}
