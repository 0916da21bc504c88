import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';

import {afterEach, beforeEach, expect, test} from 'vitest';

import {readTemperature} from '#drivers/host/temperature.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'cim-sensors-'));
});
afterEach(() => rmSync(root, {recursive: true, force: true}));

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const path = join(root, 'class', name);
    mkdirSync(dirname(path), {recursive: true});
    writeFileSync(path, `${text}\n`);
  }
}

test('the hottest sensor of the processor, and not that of a disk', () => {
  write({
    'hwmon/hwmon0/name': 'nvme',
    'hwmon/hwmon0/temp1_input': '81850',
    'hwmon/hwmon1/name': 'coretemp',
    'hwmon/hwmon1/temp1_input': '46000',
    'hwmon/hwmon1/temp2_input': '47250',
    'hwmon/hwmon1/temp2_crit': '100000',
  });
  expect(readTemperature(root)).toBe(47.3);
});

test('a thermal zone, where the processor has no sensor of its own', () => {
  write({
    'thermal/cooling_device0/type': 'cpu-thermal',
    'thermal/thermal_zone0/type': 'acpitz',
    'thermal/thermal_zone0/temp': '27800',
    'thermal/thermal_zone1/type': 'x86_pkg_temp',
    'thermal/thermal_zone1/temp': '51000',
  });
  expect(readTemperature(root)).toBe(51);
});

test('nothing where there is none, or where it does not answer', () => {
  expect(readTemperature(root)).toBeNull();
  write({'hwmon/hwmon0/name': 'k10temp', 'hwmon/hwmon0/temp1_input': 'asleep'});
  expect(readTemperature(root)).toBeNull();
});
