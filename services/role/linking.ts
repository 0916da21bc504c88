import type {Clock} from '#contracts/clock.ts';
import type {LinkRule, RoleLinks} from '#contracts/role-links.ts';
import type {RoleLink, RoleLinkLimit} from '#domain/role/link.ts';
import type {RolePlan} from './plan.ts';
import type {UnitPlaces} from './unit-places.ts';
import {LINK_FOLDER, type WantedLink} from './wanted-links.ts';

export interface LinkingOptions {
  readonly links: RoleLinks;
  readonly clock: Clock;
}

/** How the paths of roles are after they were looked after. */
export interface Linked {
  readonly list: readonly RoleLink[];
  readonly limit: RoleLinkLimit | null;
}

/** The links in /dev/cim. */
export interface Linking {
  /** `plan` is asked again once the links are there. @throws CimError `udev-failed` */
  keep(
    plan: () => RolePlan,
    places: Pick<UnitPlaces, 'devpathOf' | 'isStored'>,
    signal: AbortSignal,
  ): Promise<Linked>;
}

/** udev gets this long to carry out what it was asked for. */
const WAIT_MS = 2000;
const LOOK_MS = 20;

/** Writes the rules when they change, and has them pass over what is not as it should be. */
export function createLinking({links, clock}: LinkingOptions): Linking {
  let written: string | undefined;

  const write = async (rules: readonly LinkRule[], signal: AbortSignal): Promise<void> => {
    const text = JSON.stringify(rules);
    // Where nobody has ever bound a role there is no file either.
    const isNew = written === undefined ? rules.length > 0 || links.read().size > 0 : true;
    if (text !== written && isNew) {
      await links.write(rules, signal);
      written = text;
    }
  };
  return {
    async keep(plan, places, signal) {
      const limit = links.limit();
      if (limit !== null) {
        return {list: [], limit};
      }
      const planned = plan();
      const {links: wanted, rules, ambiguous} = planned;
      await write(rules, signal);
      const mute = new Set(rules.filter(({isMuted}) => isMuted).map(({link}) => link));
      const isLoud = ({link, node}: WantedLink): boolean =>
        mute.has(link) && !links.muted().has(node);
      /** Has the rules pass over nodes for as long as there are such, up to a limit. */
      const passOver = async (nodes: () => readonly string[]): Promise<void> => {
        // What has gone meanwhile takes its links with it.
        const devpaths = () => new Set(nodes().flatMap((node) => places.devpathOf(node) ?? []));
        const found = devpaths();
        if (found.size > 0) {
          await links.trigger([...found], signal);
          await until(() => devpaths().size === 0, {clock, signal});
        }
      };
      // First those that have to let go: a link stays with whoever holds it.
      await passOver(() =>
        [...links.read()]
          .filter(([path, node]) => !mayStay(path, node, planned, places))
          .map(([, node]) => node),
      );
      await passOver(() => {
        const there = links.read();
        return wanted
          .filter((each) => there.get(each.link) !== each.node || isLoud(each))
          .map(({node}) => node);
      });
      // With its link in place a unit is known by itself: it finds it wherever it comes back.
      await write(plan().rules, signal);
      const there = links.read();
      const list = [
        ...wanted.map((each) => readingOf(each, there, isLoud(each))),
        ...ambiguous.map(ambiguousReading),
      ];
      return {list, limit: null};
    },
  };
}

/**
 * Where it should lead; or made by a rule for a unit that is not stored yet: udev, too, knows it by
 * the rules, and only when it is stored is there more to say.
 */
function mayStay(
  path: string,
  node: string,
  {links: wanted, rules}: Pick<RolePlan, 'links' | 'rules'>,
  places: Pick<UnitPlaces, 'isStored'>,
): boolean {
  const right = wanted.find(({link}) => link === path);
  return right === undefined
    ? rules.some(({link}) => link === path) && !places.isStored(node)
    : right.node === node;
}

/** Looks until it is done, or udev has had its time. */
async function until(
  isDone: () => boolean,
  {clock, signal}: {readonly clock: Clock; readonly signal: AbortSignal},
): Promise<void> {
  const endMs = clock.monotonicMs() + WAIT_MS;
  while (!isDone() && clock.monotonicMs() < endMs && !signal.aborted) {
    await new Promise<void>((resolve) => clock.after(LOOK_MS, resolve));
  }
}

function readingOf(
  {role, link: path, node}: WantedLink,
  there: ReadonlyMap<string, string>,
  isLoud: boolean,
): RoleLink {
  const seen = there.get(path);
  if (seen === undefined) {
    return {role, path, node, state: 'missing', detail: 'udev has not made it'};
  }
  if (seen === node && isLoud) {
    return {role, path, node, state: 'wrong', detail: 'its keys reach the console'};
  }
  return seen === node
    ? {role, path, node, state: 'right', detail: null}
    : {role, path, node, state: 'wrong', detail: `it leads to ${seen}`};
}

const ambiguousReading = (role: string): RoleLink => ({
  role,
  path: `${LINK_FOLDER}/${role}`,
  node: null,
  state: 'ambiguous',
  detail: 'several functions fit: bind it with a suffix',
});
