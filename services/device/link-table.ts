import type {LinkFact} from '#domain/kernel-device.ts';
import type {Links} from './observe.ts';

/** Links by ifindex as last heard. A link that was heard again unchanged stays the same object. */
export interface LinkTable {
  all(): Links;
  set(link: LinkFact): void;
  drop(ifindex: number): void;
  /** All links as just read. */
  replaceAll(links: readonly LinkFact[]): void;
  /** True when what was just read is what is known. */
  isLike(links: readonly LinkFact[]): boolean;
}

/** No links. */
export function createLinkTable(): LinkTable {
  const links = new Map<number, LinkFact>();
  const isKnown = (link: LinkFact): boolean => isSameLink(links.get(link.ifindex), link);
  const set = (link: LinkFact): void => {
    if (!isKnown(link)) {
      links.set(link.ifindex, link);
    }
  };
  return {
    all: () => links,
    set,
    drop: (ifindex) => links.delete(ifindex),
    replaceAll(next) {
      const kept = new Set(next.map(({ifindex}) => ifindex));
      for (const ifindex of [...links.keys()].filter((known) => !kept.has(known))) {
        links.delete(ifindex);
      }
      next.forEach(set);
    },
    isLike: (next) => next.length === links.size && next.every(isKnown),
  };
}

const isSameLink = (a: LinkFact | undefined, b: LinkFact): boolean =>
  a?.name === b.name &&
  a.kind === b.kind &&
  a.isUp === b.isUp &&
  a.hasCarrier === b.hasCarrier &&
  a.speedMbps === b.speedMbps &&
  a.master === b.master;
