import {readText} from './read-file.ts';

/** What an interface is used for by the host. */
export type LinkUse = 'default route' | 'route' | 'none';

const RTF_UP = 0x1;
const ANYWHERE = /^0+$/;

/** Tells what goes through an interface, of both IP versions, in our network namespace. */
export function createRoutes(procRoot: string): (name: string) => LinkUse {
  const uses = new Map<string, LinkUse>();
  const add = (name: string, isDefault: boolean): void => {
    if (uses.get(name) !== 'default route') {
      uses.set(name, isDefault ? 'default route' : 'route');
    }
  };
  for (const line of rows(readText(`${procRoot}/net/route`)).slice(1)) {
    const [name, destination, , flags, , , , mask] = line;
    if (name !== undefined && isUp(flags)) {
      add(name, ANYWHERE.test(destination ?? '') && ANYWHERE.test(mask ?? ''));
    }
  }
  for (const line of rows(readText(`${procRoot}/net/ipv6_route`))) {
    const [destination = '', prefix, , , , , , , flags, name] = line;
    // Link-local and multicast routes exist for every interface that is up.
    const isOwn = destination.startsWith('fe80') || destination.startsWith('ff');
    if (name !== undefined && name !== 'lo' && isUp(flags) && !isOwn) {
      add(name, ANYWHERE.test(destination) && prefix === '00');
    }
  }
  return (name) => uses.get(name) ?? 'none';
}

const isUp = (flags = '0'): boolean => (Number.parseInt(flags, 16) & RTF_UP) !== 0;

const rows = (text = ''): readonly (readonly string[])[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.trim().split(/\s+/));
