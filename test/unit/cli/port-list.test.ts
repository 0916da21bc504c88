import {describe, expect, it} from 'vitest';

import {describePort} from '#cli/port-words.ts';
import {PortRowText} from '#cli/rows.ts';
import type {CliWorld} from '#cli/verb.ts';
import {portRows} from '#projections/port-rows.ts';
import {adapterAdded, inventoryAfter, socketAdded} from '#test/support/facts.ts';
import {runWords} from '#test/support/run-words.ts';

const hub = socketAdded('usb-1');
const below = socketAdded('usb-1-4');
const child = {...below, data: {...below.data, parent: 'usb-1'}} as typeof below;
const hidden = socketAdded('acpi');
const builtIn = {
  ...hidden,
  data: {...hidden.data, kind: 'fixed', class: 'other'},
} as typeof hidden;

const ROWS = portRows(
  inventoryAfter(child, hub, builtIn, adapterAdded('d-aaaaaaaaaa', 'usb-1-4')),
  {},
);

/** What a command line prints over these rows. */
async function printed(...argv: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const client = {
    query: async (_view: string, _verb: string, {target}: {target?: string} = {}) => ({
      sequence: 4,
      rows: ROWS.filter(({id}) => target === undefined || id === target),
    }),
  };
  const world = {
    out: (line: string) => void out.push(line),
    err: (line: string) => void err.push(line),
    connect: () => Promise.resolve({client, close: () => Promise.resolve()}),
    now: () => Date.parse('2026-11-22T16:00:12.000Z'),
    signal: new AbortController().signal,
  } as unknown as CliWorld;
  const code = await runWords(argv, world);
  return {out, err, code};
}

describe('port list', () => {
  it('prints one line a port, and leaves out what is of no known class', async () => {
    const {out} = await printed('port', 'list');
    expect(out).toEqual([
      'PORT     CLASS   IO    DEVICE       ROLE  USED BY  STATE    SINCE  ID',
      'usb-1    usb     both  (empty)      -     unknown  absent   12s    usb-1',
      'usb-1-4  serial  both  FTDI FT232R  -     unknown  present  12s    usb-1-4',
    ]);
  });

  it('says of a socket of a screen that something is connected', () => {
    const [socket] = portRows(inventoryAfter(hub), {});
    expect(describePort(PortRowText.parse({...socket, state: 'present'}))).toBe(
      'present, (connected)',
    );
    expect(describePort(PortRowText.parse({...socket, state: 'absent'}))).toBe('absent, (empty)');
  });

  it('prints everything with --all, and children below their parents with --tree', async () => {
    const {out} = await printed('port', 'list', '--all', '--tree');
    expect(out.map((line) => line.slice(0, 10).trimEnd())).toEqual([
      'PORT',
      'acpi',
      'usb-1',
      '  usb-1-4',
    ]);
  });

  it('prints one JSON object a line and nothing else with --json', async () => {
    const {out, err} = await printed('port', 'list', '--json', '--filter', 'ftdi');
    expect(out.map((line) => JSON.parse(line))).toMatchObject([{id: 'usb-1-4'}]);
    expect(err).toEqual([]);
  });

  it('finds a class in what is plugged in, by --class and by a filter', async () => {
    for (const words of [
      ['--class', 'serial'],
      ['--filter', 'class:serial'],
    ]) {
      const {out} = await printed('port', 'list', '--json', ...words);
      expect(out.map((line) => JSON.parse(line))).toMatchObject([{id: 'usb-1-4'}]);
    }
  });

  it('shows one port with what it is known by, and each of its functions', async () => {
    const {out} = await printed('port', 'show', 'usb-1-4');
    const text = out.join('\n');
    expect(text).toMatch(/^known by {2}serial A50285BI$/m);
    expect(text).toMatch(/^ids {7}0403:6001$/m);
    expect(text).toMatch(/^function {2}serial {2}\S+ {2}.*\/dev\/ttyUSB0/m);
  });

  it('says what to do when nothing fits', async () => {
    const {out, err, code} = await printed('port', 'list', '--filter', 'nothing');
    expect({out, code}).toEqual({out: [], code: 0});
    expect(err[0]).toContain('no port fits');
  });
});
