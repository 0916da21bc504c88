import {expect, it} from 'vitest';

import {ADAPTER, begin, CARD, createMachine, SOCKET} from '#test/support/controller-bench.ts';
import {socketAdded} from '#test/support/facts.ts';
import {networkAdded, wantedChange} from '#test/support/port-changes.ts';

it('does every wish, though only the newest has a turn of its own', async () => {
  const leaf = await begin(createMachine(), networkAdded(CARD, 'lan'));
  await leaf.tell(
    wantedChange('lan', {mtu: 9000}, null),
    wantedChange('lan', {speedMbps: 100}, null),
    wantedChange('lan', {link: 'down'}, null),
  );
  expect(leaf.control.condition('lan')).toMatchObject({mtu: 9000, speedMbps: 100, link: 'down'});
  expect((await leaf.changes()).slice(3)).toMatchObject([
    {what: 'applied', data: {requested: 4, change: {link: 'down'}}},
    {what: 'applied', data: {requested: null, change: {mtu: 9000, speedMbps: 100}}},
  ]);
});

it('finds a port once, however often it has to begin', async () => {
  const leaf = await begin(createMachine(), ...SOCKET);
  leaf.machine.refusals = 1;
  await leaf.tell(wantedChange('usb-1', {enabled: false}, null));
  expect(await leaf.whats()).toEqual(['requested']);
  await leaf.pass(6);
  expect((await leaf.changes()).at(-1)).toMatchObject({
    what: 'applied',
    data: {found: {enabled: true}},
  });
});

it('wants no more what failed while a newer wish waited', async () => {
  const leaf = await begin(createMachine(), networkAdded(CARD, 'lan'));
  await leaf.tell(
    wantedChange('lan', {mtu: 9000}, null),
    wantedChange('lan', {speedMbps: 100}, null),
    {
      type: 'cim.port.change-failed.v1',
      subject: 'lan',
      data: {requested: 2, change: {mtu: 9000}, reason: 'process-failed: x', undone: true},
    },
  );
  expect(leaf.port('lan')).toMatchObject({wanted: {speedMbps: 100}, change: null});
});

it('sets again what came along with a dock', async () => {
  const dock = {...socketAdded('usb-2'), subject: 'usb-2'};
  const leaf = await begin(createMachine(), ...SOCKET, dock, networkAdded(CARD, 'lan'));
  await leaf.tell(wantedChange('lan', {mtu: 9000}, null));
  await leaf.control.apply(
    {portId: 'lan', devpaths: [], interface: 'lan', line: null},
    {mtu: 1500},
    new AbortController().signal,
  );
  const place = (id: string, portId: string) => ({id, portId, position: portId, functions: []});
  await leaf.tell({
    type: 'cim.device.moved.v1',
    subject: ADAPTER,
    data: {
      ...place(ADAPTER, 'usb-2'),
      followers: [{...place(CARD, 'lan'), before: place(CARD, 'lan')}],
      before: place(ADAPTER, 'usb-1'),
    },
  } as never);
  expect(leaf.control.condition('lan').mtu).toBe(9000);
});
