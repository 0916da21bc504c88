import type {RoleId} from '#domain/ids.ts';
import type {RoleLinkLimit} from '#domain/role/link.ts';

/** How a rule knows the unit: by one identity, or by one place; never by a class alone. */
export type RuleUnit =
  | {
      readonly kind: 'usb-serial';
      readonly vendor: string;
      readonly product: string;
      readonly serial: string;
    }
  | {readonly kind: 'wwid'; readonly value: string}
  | {readonly kind: 'place'};

/**
 * One node of one role. Patterns are shell patterns of a whole devpath, in which numbers that are
 * given as they come are left open.
 */
export interface LinkRule {
  readonly role: RoleId;
  /** Path in /dev, e.g. "/dev/cim/scale". */
  readonly link: string;
  readonly unit: RuleUnit;
  /** Devpath of the unit; null: wherever it sits. */
  readonly unitPattern: string | null;
  /**
   * Product id of its root hub. A controller has one for each speed, and each counts its sockets by
   * itself: 1-1 and 2-1 may be different ones. null: it is on no USB, or known by itself.
   */
  readonly rootHub: string | null;
  /** Devpath of the node. */
  readonly nodePattern: string;
  /** Last part of it: patterns of paths may go over slashes, this does not. */
  readonly namePattern: string;
  readonly subsystem: string;
  readonly devtype: string | null;
  /** sysfs attributes that tell it from its like, of the node or of what it hangs on. */
  readonly marks: Readonly<Record<string, string>>;
  readonly idPath: string | null;
  /** udev properties by which programs of the host keep off: `class.json`, hostClaims. */
  readonly claims: Readonly<Record<string, string>>;
  /** Its keys reach no console, and no reader of its event node: raw reports go on. */
  readonly isMuted: boolean;
}

/** Stable paths of roles in /dev/cim, made by rules that hold without us, too. */
export interface RoleLinks {
  /** What keeps links from being made here, or null. */
  limit(): RoleLinkLimit | null;
  /**
   * Puts exactly these rules into force, the old ones as a whole or the new ones.
   * @throws CimError `udev-failed`; the rules before stay
   */
  write(rules: readonly LinkRule[], signal: AbortSignal): Promise<void>;
  /** Rules of an agent before this one may be in force. */
  isWritten(): boolean;
  /** Has the rules pass over these kernel devices soon. What has gone is passed over. */
  trigger(devpaths: readonly string[], signal: AbortSignal): Promise<void>;
  /** Links that are there, with the node each leads to. */
  read(): ReadonlyMap<string, string>;
  /** Event nodes whose keys reach no console, as a rule wants it. */
  muted(): ReadonlySet<string>;
}
