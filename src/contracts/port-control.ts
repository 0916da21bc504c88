import type {PortSettings, SettingName} from '#domain/port/settings.ts';

/** A port as the hardware knows it: what is in it now. */
export interface ControlledPort {
  readonly portId: string;
  /** Of the unit in it, below sysfs; several for a hub of two speeds. None: it is empty. */
  readonly devpaths: readonly string[];
  /** Its network interface, where it has one. */
  readonly interface: string | null;
  /** Path in /dev of its serial line, where it has one. */
  readonly line: string | null;
}

/** One thing to do that needs none of our programs: to write a file, or to run one. */
export type PlainStep =
  | {readonly kind: 'write'; readonly path: string; readonly text: string}
  | {readonly kind: 'run'; readonly argv: readonly string[]};

/** Sets the hardware state of ports. */
export interface PortControl {
  /** How things stand; what the port has nothing of, or may not be read, is left out. */
  read(port: ControlledPort, signal: AbortSignal): Promise<PortSettings>;
  /**
   * Sets what does not hold yet; asked twice, the second does nothing.
   * @throws CimError `not-for-this-port`, `permission-denied`, `process-failed`, `time-is-up`
   */
  apply(port: ControlledPort, settings: PortSettings, signal: AbortSignal): Promise<void>;
  /** What brings these settings, and all that hangs on them, back to how they are now. */
  wayBack(
    port: ControlledPort,
    names: readonly SettingName[],
    signal: AbortSignal,
  ): Promise<readonly PlainStep[]>;
  /** Does every step, also behind one that failed. @throws CimError as `apply`, of the first */
  carryOut(steps: readonly PlainStep[], signal: AbortSignal): Promise<void>;
}
