import {afterAll, beforeAll, describe, expect, it} from 'vitest';

import {type ConsolePty, openConsolePty} from '#test/support/console-pty.ts';
import {PORT_TITLES} from '#test/support/port-cells.ts';
import {readTable} from '#test/support/screen-table.ts';
import {createStage, isRoot, type Stage} from '#test/support/stage.ts';

describe.skipIf(!isRoot)('links of a network namespace, on screen (needs root)', () => {
  let stage: Stage;
  let screen: ConsolePty;

  beforeAll(async () => {
    stage = await createStage();
    await stage.serve();
    screen = await openConsolePty({leaf: stage});
    screen.press('2');
    await screen.shows(/PORT .*CLASS/);
  });

  afterAll(async () => {
    await screen?.end();
    await stage?.stop();
  });

  /** The cells of a port, when it is on screen. */
  const cellsOf = (rows: readonly string[], port: string) =>
    readTable(rows, PORT_TITLES).rows.find(({cells}) => cells.PORT === port)?.cells;

  const untilDevice = (port: string, device: string | undefined) =>
    screen.waitFor((rows) => cellsOf(rows, port)?.DEVICE === device, {
      what: `${port} with ${device}`,
    });

  it('shows a bridge as soon as it is there, and no longer than that', async () => {
    expect(cellsOf(screen.rows(), 'cimbr0')).toBeUndefined();
    await stage.ip('link', 'add', 'cimbr0', 'type', 'bridge');
    const rows = await untilDevice('cimbr0', 'bridge down');
    expect(cellsOf(rows, 'cimbr0')).toMatchObject({CLASS: 'network', IO: 'both', ROLE: '-'});
    await stage.ip('link', 'del', 'cimbr0');
    await untilDevice('cimbr0', undefined);
  });

  it('shows the link of a bridge go with the far end of its only member, and come back', async () => {
    await stage.ip('link', 'add', 'cimbr1', 'type', 'bridge');
    await stage.ip('link', 'add', 'cimv0', 'type', 'veth', 'peer', 'name', 'cimv1');
    await stage.ip('link', 'set', 'cimv0', 'master', 'cimbr1');
    for (const name of ['cimbr1', 'cimv0', 'cimv1']) {
      await stage.ip('link', 'set', name, 'up');
    }
    await untilDevice('cimbr1', 'bridge up');
    await stage.ip('link', 'set', 'cimv1', 'down');
    await untilDevice('cimbr1', 'bridge down');
    await stage.ip('link', 'set', 'cimv1', 'up');
    await untilDevice('cimbr1', 'bridge up');
  });

  it('tells of the raw uevents and of the events that came of them', async () => {
    await stage.ip('link', 'add', 'cimbr2', 'type', 'bridge');
    await untilDevice('cimbr2', 'bridge down');
    screen.press('5');
    await screen.shows(/kernel +add +net +.*\/net\/cimbr2/);
    screen.press('4');
    await screen.shows(/^».* cimbr2 +plugged +bridge/);
  });
});
