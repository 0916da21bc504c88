import type {InterfaceNames} from '#contracts/interface-names.ts';
import {CimError} from '#domain/errors.ts';

/** Further names over a machine made of data. */
export function createMemoryInterfaceNames(): InterfaceNames {
  const given = new Map<string, string>();
  return {
    limit: () => null,
    read: async () => new Map(given),
    async add(name, interfaceName) {
      if (given.has(name)) {
        throw new CimError('name-taken', `call ${interfaceName} "${name}"`);
      }
      given.set(name, interfaceName);
    },
    async drop(name, interfaceName) {
      if (given.get(name) === interfaceName) {
        given.delete(name);
      }
    },
  };
}
