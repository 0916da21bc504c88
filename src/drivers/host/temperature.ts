import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';

/** Drivers of sensors in or at a processor, as hwmon names them. */
const PROCESSOR = /^(?:coretemp|k10temp|zenpower|(?:cpu|soc|bigcore\d*|littlecore)[-_]?thermal)$/;
/** The same among thermal zones: x86_pkg_temp, cpu-thermal, soc_thermal, … */
const ZONE = /^(?:x86_pkg_temp|(?:cpu|soc)\d*[-_]?thermal)/;

/** Processor temperature in °C, the hottest of its sensors; null where there is none to read. */
export function readTemperature(sysRoot = '/sys'): number | null {
  const sensors = foldersOf(join(sysRoot, 'class/hwmon'), 'name', PROCESSOR).flatMap((folder) =>
    namesIn(folder)
      .filter((name) => /^temp\d+_input$/.test(name))
      .map((name) => join(folder, name)),
  );
  const zones = foldersOf(join(sysRoot, 'class/thermal'), 'type', ZONE).map((folder) =>
    join(folder, 'temp'),
  );
  return hottest(sensors) ?? hottest(zones);
}

function hottest(files: readonly string[]): number | null {
  const celsius = files
    .map((file) => Number(readText(file) ?? Number.NaN) / 1000)
    .filter((value) => Number.isFinite(value));
  return celsius.length === 0 ? null : Math.round(Math.max(...celsius) * 10) / 10;
}

const foldersOf = (folder: string, file: string, pattern: RegExp): readonly string[] =>
  namesIn(folder)
    .map((name) => join(folder, name))
    .filter((path) => pattern.test(readText(join(path, file)) ?? ''));

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // a machine without sensors has no such folder
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return undefined; // a sensor that is asleep or gone is not known
  }
}
