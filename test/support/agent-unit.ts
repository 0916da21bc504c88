import {readFileSync} from 'node:fs';
import {join} from 'node:path';

import {z} from 'zod';

import {ROOT} from './stage.ts';

const Section = z.record(z.string(), z.string());
const Unit = z.strictObject({Unit: Section, Service: Section, Install: Section});
export type Unit = z.infer<typeof Unit>;

/** The agent's unit as modules/agent/unit.json has it, for a folder that has `bin/cim-tui`. */
export function readAgentUnit(folder: string): Unit {
  const text = readFileSync(join(ROOT, 'modules', 'agent', 'unit.json'), 'utf8');
  return Unit.parse(JSON.parse(text.replaceAll('@package@', folder)));
}

/** Text of a unit file. */
export function printUnit(unit: Unit): string {
  const sections = Object.entries(unit).map(([name, settings]) => {
    const lines = Object.entries(settings).map(([key, value]) => `${key}=${value}`);
    return [`[${name}]`, ...lines, ''].join('\n');
  });
  return sections.join('\n');
}
