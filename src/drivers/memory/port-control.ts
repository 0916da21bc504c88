import type {ControlledPort, PlainStep, PortControl} from '#contracts/port-control.ts';
import type {CimError} from '#domain/errors.ts';
import {type PortSettings, pickSettings, withChange} from '#domain/port/settings.ts';

/** Ports made of data, which are set as they are told. */
export interface MemoryPortControl extends PortControl {
  /** How a port stands. */
  condition(portId: string): PortSettings;
  /** From now on applying fails so; null: it works again. */
  fail(error: CimError | null): void;
  /** How often something was really set. */
  writes(): number;
}

const AS_MADE: PortSettings = {enabled: true, link: 'up', mtu: 1500, speedMbps: 'auto', baud: 9600};

/** All ports are enabled, and up, until told otherwise. */
export function createMemoryPortControl(): MemoryPortControl {
  const conditions = new Map<string, PortSettings>();
  let failure: CimError | null = null;
  let writes = 0;
  const conditionOf = (portId: string): PortSettings => conditions.get(portId) ?? AS_MADE;
  const set = (portId: string, settings: PortSettings): void => {
    const before = conditionOf(portId);
    const next = withChange(before, settings);
    if (JSON.stringify(next) !== JSON.stringify(before)) {
      writes += 1;
      conditions.set(portId, next);
    }
  };
  const check = (signal: AbortSignal): void => {
    signal.throwIfAborted();
    if (failure !== null) {
      throw failure;
    }
  };
  return {
    condition: conditionOf,
    fail(error) {
      failure = error;
    },
    writes: () => writes,
    async read(port, signal) {
      signal.throwIfAborted();
      return visible(port, conditionOf(port.portId));
    },
    async apply(port, settings, signal) {
      check(signal);
      set(port.portId, settings);
    },
    async wayBack({portId}, names) {
      const text = JSON.stringify(pickSettings(conditionOf(portId), names));
      return [{kind: 'write', path: portId, text}];
    },
    async carryOut(steps, signal) {
      signal.throwIfAborted();
      for (const step of steps) {
        set(pathOf(step), JSON.parse(textOf(step)));
      }
    },
  };
}

/** An empty port has nothing that could be set. */
const visible = ({devpaths}: ControlledPort, condition: PortSettings): PortSettings =>
  devpaths.length === 0 ? {} : condition;

const pathOf = (step: PlainStep): string => (step.kind === 'write' ? step.path : '');
const textOf = (step: PlainStep): string => (step.kind === 'write' ? step.text : '{}');
