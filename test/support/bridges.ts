import {findProgram} from '#drivers/process/find-program.ts';

/** What this machine lacks for following real bridges; undefined where nothing does. */
export function lackForBridges(): string | undefined {
  if (process.getuid?.() !== 0) {
    return 'needs root to make bridges';
  }
  const tools = ['ip', 'udevadm'].filter((tool) => findProgram(tool) === undefined);
  return tools.length === 0 ? undefined : `needs ${tools.join(' and ')}`;
}
