import {isDeepStrictEqual} from 'node:util';

import {afterAll, expect, test} from 'vitest';

import {provideForFile} from '#test/support/tiers/tier-file.ts';
import {until} from '#test/support/until.ts';
import {BEFORE_CUT, cutPower, MESSAGES, type PowerCut} from '#test/support/vm/power-cut.ts';
import {provideWarm} from '#test/support/vm/warm.ts';

let made: PowerCut | undefined;

const powerCut = provideForFile('vm', async () => {
  const place = await provideWarm();
  if ('lack' in place) return place;
  made = await cutPower(place);
  return made;
});

afterAll(() => made?.stop());

test('every event that was acknowledged is there, at its place, and none twice', async () => {
  const {acknowledged, leaf} = powerCut();
  expect(acknowledged.length).toBeGreaterThanOrEqual(BEFORE_CUT);
  const events = await leaf('event', 'list', '--from', '1', '--limit', '100000');
  const stored = new Set(events.map(({sequence, id}) => `${sequence} ${id}`));
  expect(acknowledged.filter((line) => !stored.has(line))).toEqual([]);
  expect(events.map(({sequence}) => sequence)).toEqual(events.map((_, index) => index + 1));
  expect(new Set(events.map(({id}) => id)).size).toBe(events.length);
});

test('a server that syncs now and then has lost what it acknowledged, one that always does nothing', () => {
  const {lost} = powerCut();
  process.stdout.write(
    `a power cut after ${MESSAGES} acknowledged messages: ${lost.always} lost with ` +
      `sync_interval: always, ${lost.default} with the server's default\n`,
  );
  expect(lost.always).toBe(0);
  expect(lost.default).toBeGreaterThan(0);
});

test('a keyboard that is there at boot and one plugged later end in the same state', async () => {
  const {leaf, booted} = powerCut();
  const ports = (): Promise<readonly Record<string, unknown>[]> => leaf('port', 'list');
  const isKeyboard = (row: Record<string, unknown>): boolean =>
    JSON.stringify(row).includes('KBD0001');
  const keyboard = async () => {
    const rows = await until(ports, (found) => found.some(isKeyboard), 60_000);
    const [row] = rows.filter(isKeyboard);
    // When it came differs, and what was read live of its user.
    return JSON.parse(
      JSON.stringify(row, (key, value) =>
        ['since', 'sequence', 'fields', 'user'].includes(key) ? undefined : value,
      ),
    );
  };
  const isWhole = (row: unknown): boolean => JSON.stringify(row).includes('"name":"keyboard"');
  const atBoot = await until(keyboard, isWhole, 60_000);
  expect(atBoot).toMatchObject({state: 'present', device: {serial: 'KBD0001'}});
  await booted.qmp.execute('device_del', {id: 'keyboard'});
  await until(ports, (rows) => !rows.some(isKeyboard), 60_000);
  const again = {driver: 'usb-kbd', bus: 'xhci.0', port: '4', serial: 'KBD0001'};
  await booted.qmp.execute('device_add', again);
  // Its first row comes before udev has looked at all of it.
  const end = await until(keyboard, (row) => isDeepStrictEqual(row, atBoot), 60_000);
  expect(end).toEqual(atBoot);
});
