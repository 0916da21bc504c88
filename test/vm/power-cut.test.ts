import {isDeepStrictEqual} from 'node:util';

import {afterAll, expect, test} from 'vitest';

import {provideForFile} from '#test/support/tiers/tier-file.ts';
import {until} from '#test/support/until.ts';
import {classesOf, PortLine} from '#test/support/vm/port-line.ts';
import {BEFORE_CUT, cutPower, MESSAGES, type PowerCut} from '#test/support/vm/power-cut.ts';
import {BOOT_UNITS, nameOfUnit, unitWords} from '#test/support/vm/usb-at-boot.ts';
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

const LEFT_OUT: readonly string[] = ['since', 'sequence', 'fields', 'user'];
/** Two drivers of the kernel know this adapter; the one that is loaded first has it. */
const BY_DRIVER: readonly string[] = ['driver', 'identity', 'functions', 'link'];

test.each(BOOT_UNITS)(
  '$driver that is there at boot and plugged later end in the same state',
  async (unit) => {
    const {leaf, booted} = powerCut();
    const place = `/usb/${unit.socket}`;
    const port = async () => {
      const rows = await leaf('port', 'list', '--all');
      const row = rows.find(({position}) => String(position).endsWith(place));
      // When it came differs, and what was read live of its user.
      return JSON.parse(
        JSON.stringify(row, (key, value) =>
          LEFT_OUT.includes(key) || (unit.driver === 'usb-net' && BY_DRIVER.includes(key))
            ? undefined
            : value,
        ),
      );
    };
    const links = async (): Promise<unknown> =>
      (await leaf('role', 'show', nameOfUnit(unit)))[0]?.links;
    const isServed = (found: unknown): boolean =>
      Array.isArray(found) && found.length > 0 && found.every(({state}) => state === 'right');
    const servedAtBoot = await until(links, isServed, 120_000);
    const atBoot = await port();
    expect(atBoot).toMatchObject({
      state: unit.class === 'network' ? expect.any(String) : 'present',
      role: nameOfUnit(unit),
      device: {serial: unit.serial, ambiguous: false},
    });
    if (unit.driver !== 'usb-net') {
      expect(classesOf(PortLine.parse(atBoot))).toContain(unit.class);
    }

    await booted.qmp.execute('device_del', {id: nameOfUnit(unit)});
    await until(port, ({device}) => device === null, 60_000);
    await booted.qmp.execute('device_add', unitWords(unit));
    // Its first row comes before udev has looked at all of it.
    const end = await until(port, (row) => isDeepStrictEqual(row, atBoot), 60_000).catch(port);
    expect(end).toEqual(atBoot);
    const servedAgain = await until(links, isServed, 60_000);
    if (unit.driver !== 'usb-net') {
      expect(servedAgain).toEqual(servedAtBoot);
    }
  },
);
