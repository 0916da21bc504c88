import {afterEach, beforeEach, expect, test} from 'vitest';

import {loadFixture} from '#test/support/hardware.ts';
import {openRoleBench, type RoleBench} from '#test/support/role-bench.ts';

const ADAPTER = loadFixture('ftdi-1-3');
const CAMERA = loadFixture('camera-1-4');

let bench: RoleBench;
beforeEach(async () => {
  bench = await openRoleBench();
});
afterEach(() => bench.stop());

const names = async (): Promise<readonly string[]> =>
  (await bench.ports()).map(({name}) => name).toSorted();

test('a socket that was forgotten stays away while others are used', async () => {
  const before = await names();
  expect(await bench.send('port', 'forget', '1-4')).toMatchObject({ok: true});
  await bench.plug(ADAPTER);
  expect(await names()).toEqual(before.filter((name) => name !== '1-4'));
});

test('it is back with what is plugged into it', async () => {
  await bench.send('port', 'forget', '1-4');
  await bench.plug(ADAPTER);
  await bench.plug(CAMERA);
  expect(await bench.port('1-4')).toMatchObject({state: 'present', label: null});
});

test('undone, it is there as it was', async () => {
  await bench.send('port', 'label', '1-4', {label: 'USB 4'});
  const forgotten = await bench.send('port', 'forget', '1-4');
  await bench.plug(ADAPTER);
  const sequence = forgotten.ok ? String(forgotten.sequence) : '';
  expect(await bench.send('event', 'undo', sequence)).toMatchObject({ok: true});
  expect(await bench.port('1-4')).toMatchObject({label: 'USB 4', state: 'absent'});
});
