import {expect, test} from 'vitest';

import type {CliWorld} from '#cli/verb.ts';
import type {Fact} from '#domain/catalogue.ts';
import {CimError} from '#domain/errors.ts';
import {portRows} from '#projections/port-rows.ts';
import {adapterAdded, inventoryAfter, socketAdded} from '#test/support/facts.ts';
import {runWords} from '#test/support/run-words.ts';

const DEVICE = 'd-aaaaaaaaaa';
const ROWS = portRows(
  inventoryAfter(socketAdded('usb-1'), socketAdded('usb-2'), adapterAdded(DEVICE, 'usb-1')),
  {},
);

/** So many questions get no answer. */
let refusals = 0;

/** What the watch prints of these events, and what it asks the leaf with. */
async function watched(...facts: readonly {type: Fact['type']; subject: string; data: unknown}[]) {
  const out: string[] = [];
  const asked: unknown[] = [];
  async function* follow() {
    for (const [index, fact] of facts.entries()) {
      yield {
        kind: 'event',
        sequence: 10 + index,
        event: {...fact, time: '2026-11-22T16:00:00.000Z'},
      };
    }
  }
  const query = async (
    _view: string,
    _verb: string,
    request: {target?: string; limit?: number},
  ) => {
    asked.push(request);
    if (refusals > 0 && asked.length > 1) {
      refusals -= 1;
      throw new CimError('no-agent', 'query port.list');
    }
    const isWanted = ({id}: {id: string}) => request.target === undefined || id === request.target;
    return {sequence: 9, rows: ROWS.filter(isWanted)};
  };
  const client = {query, events: {follow}};
  const world = {
    out: (line: string) => void out.push(line),
    connect: () => Promise.resolve({client, close: () => Promise.resolve()}),
    signal: new AbortController().signal,
  } as unknown as CliWorld;
  await runWords(['port', 'watch', '--json'], world);
  return {lines: out.map((line) => JSON.parse(line)), asked: asked.slice(1)};
}

test('tells of the port whose unit got its functions late', async () => {
  const {lines} = await watched({
    type: 'cim.device.functions-changed.v1',
    subject: DEVICE,
    data: {functions: [], before: {functions: []}},
  });
  expect(lines).toMatchObject([{id: 'usb-1', device: {id: DEVICE}}]);
});

test('tells of the port that a role begins to follow, and of the one it leaves', async () => {
  const target = {kind: 'port', portId: 'usb-2'};
  const binding = {target, selector: {class: null, suffix: null}};
  const {lines} = await watched(
    {type: 'cim.role.bound.v1', subject: 'scale', data: {...binding, before: null}},
    {type: 'cim.role.unbound.v1', subject: 'scale', data: {before: binding}},
  );
  expect(lines.map(({id}) => id)).toEqual(['usb-2', 'usb-2']);
});

test('asks for a picture that holds what it has just heard', async () => {
  const {asked} = await watched({
    type: 'cim.port.labelled.v1',
    subject: 'usb-2',
    data: {label: 'USB 2', before: {label: null}},
  });
  expect(asked).toEqual([{target: 'usb-2', seen: 10}]);
});

test('tells of a port that nobody remembers any more', async () => {
  const {lines} = await watched({
    type: 'cim.port.forgotten.v1',
    subject: 'usb-9',
    data: {},
  });
  expect(lines).toEqual([{id: 'usb-9', state: 'absent', sequence: 10}]);
});

test('waits for an agent that starts anew', async () => {
  refusals = 1;
  const {lines, asked} = await watched({
    type: 'cim.port.labelled.v1',
    subject: 'usb-2',
    data: {label: 'USB 2', before: {label: null}},
  });
  expect(lines).toMatchObject([{id: 'usb-2'}]);
  expect(asked).toHaveLength(2);
});
