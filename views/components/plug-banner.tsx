import {Box} from 'ink';
import type {Plug} from '#store/plugs.ts';
import {roleAwaiting, titleOf} from '#store/ports.ts';

import type {View} from '../console.ts';
import {userText} from '../screens/ports/cells.ts';
import {padEnd, widthOf} from '../theme/fit.ts';
import type {Span} from '../theme/paint.ts';
import {ageText} from '../words/times.ts';
import {Line} from './line.tsx';
import {cutSpans} from './titles.ts';

/** What was plugged in, where, and the one key that looks at it. Takes no other key. */
export function PlugBanner({view, plug}: {readonly view: View; readonly plug: Plug}) {
  return (
    <Box flexDirection="column" flexShrink={0}>
      {bannerLines(view, plug).map((spans, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of a fixed text
        <Line key={row} spans={spans} />
      ))}
    </Box>
  );
}

/** The banner's four lines. */
export function bannerLines(view: View, plug: Plug): readonly (readonly Span[])[] {
  const {read, ui, theme, selectors} = view;
  const {glyphs} = theme;
  const inner = ui.columns - 2;
  const row = selectors.portRow(read, plug.portId);
  const title = `PLUGGED INTO ${row === undefined ? plug.portId : titleOf(row)}`;
  const waiting = read.plugs.filter(({sequence}) => sequence > ui.bannerSeen).length;
  const age = ageText(ui.now, plug.at);
  const right = ` ${age === 'now' ? 'now' : `${age} ago`}${waiting > 1 ? ` ${glyphs.horizontal} 1 of ${waiting}` : ''}`;
  const rule = glyphs.horizontal.repeat(Math.max(1, inner - 2 - widthOf(title) - widthOf(right)));
  const boxed = (spans: readonly Span[]): readonly Span[] => {
    const cut = cutSpans(spans, inner - 1, glyphs.ellipsis);
    const cells = cut.reduce((sum, {text}) => sum + widthOf(text), 0);
    return [
      {text: glyphs.vertical},
      ...cut,
      {text: padEnd('', inner - cells)},
      {text: glyphs.vertical},
    ];
  };
  return [
    [
      {text: `${glyphs.topLeft}${glyphs.horizontal}`},
      {text: title, tone: 'title'},
      {text: `${rule}${right}${glyphs.horizontal}${glyphs.topRight}`},
    ],
    boxed([{text: ` ${whatText(view, plug)}`}]),
    boxed([{text: ' n', tone: 'mark'}, {text: `: look and act${suggestion(view, plug)}`}]),
    [{text: `${glyphs.bottomLeft}${glyphs.horizontal.repeat(inner)}${glyphs.bottomRight}`}],
  ];
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

function whatText({read, selectors}: View, plug: Plug): string {
  const row = selectors.portRow(read, plug.portId);
  const device = row?.device ?? null;
  if (row === undefined || device === null) {
    return 'It is gone again.';
  }
  const classes = [...new Set(device.functions.map((item) => item.class))].join('+');
  const parts = [device.name, classes, device.nodes.slice(0, 2).join(' ')];
  const from =
    plug.fromPortId === null ? '' : ` Was in ${selectors.names(read).port(plug.fromPortId)}.`;
  const doubt = device.ambiguous ? ' Another unit bears the same serial.' : '';
  return `${parts.filter((part) => part !== '').join(', ')}. ${sentence(userText(row.user))}${from}${doubt}`;
}

/** A role without a device whose class fits what came. */
function suggestion({read}: View, plug: Plug): string {
  const role = roleAwaiting(read.inventory, plug.portId);
  return role === null ? '' : ` (role ${role} waits for one like it: r binds it here)`;
}
