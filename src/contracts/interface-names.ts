import type {RoleLinkLimit} from '#domain/role/link.ts';

/** Further names of network interfaces: the interface itself is not renamed. */
export interface InterfaceNames {
  /** What keeps names from being given here, or null. */
  limit(): RoleLinkLimit | null;
  /** The interface that each further name stands for. */
  read(signal: AbortSignal): Promise<ReadonlyMap<string, string>>;
  /** @throws CimError `name-taken`, `process-failed` */
  add(name: string, interfaceName: string, signal: AbortSignal): Promise<void>;
  /** Nothing where it has no such name any more. @throws CimError `process-failed` */
  drop(name: string, interfaceName: string, signal: AbortSignal): Promise<void>;
}
