import {Box} from 'ink';
import type {Overlay} from '#store/overlay.ts';
import {titleOf} from '#store/ports.ts';

import {selectedPorts} from './actions/port.ts';
import {bannerPlug} from './banner.ts';
import {ActionMenu} from './components/action-menu.tsx';
import {Dialog} from './components/dialog.tsx';
import {Explanation} from './components/explanation.tsx';
import {Footer} from './components/footer.tsx';
import {Help} from './components/help.tsx';
import {Line} from './components/line.tsx';
import {PlugBanner} from './components/plug-banner.tsx';
import {PromptHint, PromptLine} from './components/prompt.tsx';
import {Viewer} from './components/viewer.tsx';
import {type View, viewFrom} from './console.ts';
import {useConsole, useRead, useUi} from './hooks/use-console.ts';
import {bodyRows, overlayRows} from './layout.ts';
import {menuItems} from './menu-items.ts';
import {ContainersScreen} from './screens/containers/containers-screen.tsx';
import {EventsScreen} from './screens/events/events-screen.tsx';
import {OverviewScreen} from './screens/overview/overview-screen.tsx';
import {PortsScreen} from './screens/ports/ports-screen.tsx';
import {UdevScreen} from './screens/udev/udev-screen.tsx';
import {headerSpans} from './words/header.ts';

/** The whole screen: header, screen, what lies over it, footer. */
export function App() {
  const read = useRead();
  const ui = useUi();
  const view = viewFrom(useConsole(), read, ui);
  const {overlay} = ui;
  const plug = bannerPlug(read, ui);
  const height = bodyRows(read, ui);
  return (
    <Box flexDirection="column" width={ui.columns}>
      <Line spans={headerSpans(view)} />
      {height > 0 && <Screen view={view} height={height} />}
      {overlay !== null && <Over view={view} overlay={overlay} />}
      {plug !== null && <PlugBanner view={view} plug={plug} />}
      {overlay?.kind === 'prompt' ? (
        <PromptLine view={view} overlay={overlay} />
      ) : (
        <Footer view={view} />
      )}
    </Box>
  );
}

function Screen({view, height}: {readonly view: View; readonly height: number}) {
  switch (view.ui.screen) {
    case 'overview':
      return <OverviewScreen view={view} height={height} />;
    case 'ports':
      return <PortsScreen view={view} height={height} />;
    case 'containers':
      return <ContainersScreen view={view} height={height} />;
    case 'events':
      return <EventsScreen view={view} height={height} />;
    case 'udev':
      return <UdevScreen view={view} height={height} />;
  }
}

function Over({view, overlay}: {readonly view: View; readonly overlay: Overlay}) {
  const height = overlayRows(view.ui);
  switch (overlay.kind) {
    case 'prompt':
      return <PromptHint view={view} overlay={overlay} />;
    case 'dialog':
      return <Dialog view={view} overlay={overlay} />;
    case 'menu':
      return <ActionMenu view={view} title={menuTitle(view)} height={height} />;
    case 'help':
      return <Help view={view} overlay={overlay} height={height} />;
    case 'viewer':
      return <Viewer view={view} overlay={overlay} height={height} />;
    case 'jobs':
    case 'why':
    case 'chain':
      return <Explanation view={view} overlay={overlay} height={height} />;
  }
}

function menuTitle(view: View): string {
  const rows = selectedPorts(view);
  const [only] = rows;
  const count = `${menuItems(view).length}, ${view.theme.glyphs.descending} for more`;
  if (only === undefined) {
    return `ACTIONS (${count})`;
  }
  const what = rows.length === 1 ? titleOf(only) : `${rows.length} ports`;
  return `ACTIONS on ${what} (${count})`;
}
