import type {InterfaceNames} from '#contracts/interface-names.ts';
import type {Log} from '#contracts/log.ts';
import {isCimError} from '#domain/errors.ts';
import type {RoleLink} from '#domain/role/link.ts';
import type {Linked} from './linking.ts';
import type {WantedName} from './plan.ts';

export interface InterfaceNamingOptions {
  readonly names: InterfaceNames;
  readonly log: Log;
}

/** Roles as further names of network interfaces. */
export interface InterfaceNaming {
  /** @throws CimError `process-failed` */
  keep(wanted: readonly WantedName[], signal: AbortSignal): Promise<Linked>;
}

/** Gives and takes the names that this agent knows to be of roles; others are left alone. */
export function createInterfaceNaming({names, log}: InterfaceNamingOptions): InterfaceNaming {
  /** Names that were given, and not yet taken back. */
  const given = new Map<string, string>();

  const give = async (
    {role, name, interface: node}: WantedName,
    there: Map<string, string>,
    signal: AbortSignal,
  ): Promise<RoleLink> => {
    const seen = there.get(name);
    try {
      if (seen !== node) {
        if (seen !== undefined) {
          await names.drop(name, seen, signal);
        }
        await names.add(name, node, signal);
        there.set(name, node);
      }
      given.set(name, node);
      return {role, path: name, node, state: 'right', detail: null};
    } catch (error) {
      if (!isCimError(error)) {
        throw error;
      }
      log.warn(`role ${role}: ${error.message}`);
      return {role, path: name, node, state: 'missing', detail: error.message};
    }
  };
  return {
    async keep(wanted, signal) {
      if (wanted.length === 0 && given.size === 0) {
        return {list: [], limit: null};
      }
      const limit = names.limit();
      if (limit !== null) {
        return {list: [], limit};
      }
      // Each reading starts a program: one serves for all, kept as it becomes.
      const there = new Map(await names.read(signal));
      for (const [name, node] of [...given]) {
        if (wanted.every((each) => each.name !== name || each.interface !== node)) {
          if (there.get(name) === node) {
            await names.drop(name, node, signal);
            there.delete(name);
          }
          given.delete(name);
        }
      }
      const list: RoleLink[] = [];
      for (const each of wanted) {
        list.push(await give(each, there, signal));
      }
      return {list, limit: null};
    },
  };
}
