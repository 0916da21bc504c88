import type {ControlledPort, PlainStep, PortControl} from '#contracts/port-control.ts';
import type {ProcessRunner} from '#contracts/process-runner.ts';
import {CimError} from '#domain/errors.ts';
import {changedNames, type PortSettings, type SettingName} from '#domain/port/settings.ts';
import {carryOutStep} from './carry-out.ts';
import {enableStep, isEnabled} from './enabled.ts';
import {lineStep, readLine} from './line.ts';
import {layersSteps, linkStep, mtuStep, readNetwork, speedStep} from './network.ts';

export interface PortControlOptions {
  readonly runner: ProcessRunner;
  readonly sysRoot: string;
}

/** The ports of this machine, by sysfs, `ip`, `ethtool` and `stty`. */
export function createPortControl(options: PortControlOptions): PortControl {
  const {runner} = options;
  return {
    read: (port, signal) => read(options, port, signal),
    async apply(port, settings, signal) {
      const seen = await read(options, port, signal);
      for (const name of changedNames(settings)) {
        if (settings[name] !== seen[name]) {
          for (const step of stepsOf(options, port, {[name]: settings[name]})) {
            await carryOutStep(runner, step, signal);
          }
        }
      }
    },
    wayBack: (port, names, signal) => wayBack(options, port, names, signal),
    async carryOut(steps, signal) {
      const failures: unknown[] = [];
      for (const step of steps) {
        try {
          await carryOutStep(runner, step, signal);
        } catch (error) {
          failures.push(error);
        }
      }
      if (failures.length > 0) {
        throw failures[0];
      }
    },
  };
}

async function read(
  {runner, sysRoot}: PortControlOptions,
  port: ControlledPort,
  signal: AbortSignal,
): Promise<PortSettings> {
  const halves = port.devpaths.map((devpath) => isEnabled(sysRoot, devpath));
  const known = halves.filter((half) => half !== undefined);
  const network = port.interface === null ? {} : await readNetwork(runner, port.interface, signal);
  const baud = port.line === null ? undefined : await readLine(runner, port.line, signal);
  return {
    ...(known.length === 0 ? {} : {enabled: known.every((half) => half)}),
    ...network,
    ...(baud === undefined ? {} : {baud}),
  };
}

/** What sets these, in the order in which it has to be done. */
function stepsOf(
  {sysRoot}: PortControlOptions,
  {portId, devpaths, interface: name, line}: ControlledPort,
  {enabled, link, mtu, speedMbps, baud}: PortSettings,
): readonly PlainStep[] {
  const network = link ?? mtu ?? speedMbps;
  if ((network !== undefined && name === null) || (baud !== undefined && line === null)) {
    throw new CimError('not-for-this-port', `set ${portId}: it has nothing like that now`);
  }
  return [
    ...(enabled === undefined
      ? []
      : devpaths.map((devpath) => enableStep(sysRoot, devpath, enabled))),
    ...(link === undefined || name === null ? [] : [linkStep(name, link)]),
    ...(speedMbps === undefined || name === null ? [] : [speedStep(name, speedMbps)]),
    ...(mtu === undefined || name === null ? [] : [mtuStep(name, mtu)]),
    ...(baud === undefined || line === null ? [] : [lineStep(line, baud)]),
  ];
}

/** What was there comes back with all that hangs on it: a unit's interface, its addresses, routes. */
async function wayBack(
  options: PortControlOptions,
  port: ControlledPort,
  names: readonly SettingName[],
  signal: AbortSignal,
): Promise<readonly PlainStep[]> {
  const seen = await read(options, port, signal);
  const {interface: name} = port;
  const isWhole = names.includes('enabled') && seen.enabled === true && name !== null;
  const back: SettingName[] = isWhole ? ['enabled', 'link', 'speedMbps', 'mtu'] : [...names];
  const settings = Object.fromEntries(
    back.flatMap((key) => (seen[key] === undefined ? [] : [[key, seen[key]]])),
  );
  const steps = stepsOf(options, port, settings);
  if (name === null || seen.link !== 'up' || names.every((key) => key === 'baud')) {
    return steps;
  }
  const [first, ...rest] = steps;
  const settle = {kind: 'run', argv: ['udevadm', 'settle', '--timeout=5']} as const;
  const set = isWhole && first !== undefined ? [first, settle, ...rest] : steps;
  return [...set, ...(await layersSteps(options.runner, name, signal))];
}
