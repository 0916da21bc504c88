import type {Clock} from '#contracts/clock.ts';
import type {LinkRule, RoleLinks} from '#contracts/role-links.ts';
import type {RoleLink, RoleLinkLimit} from '#domain/role/link.ts';
import {createPassing, type Passing} from './passing.ts';
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
  readonly isEcho: Passing['isEcho'];
}

/** Writes the rules when they change, and has them pass over what is not as it should be. */
export function createLinking({links, clock}: LinkingOptions): Linking {
  const passing = createPassing({links, clock});
  let written: string | undefined;
  /** Inputs that stay silent though no rule of ours wants that: it is not our doing. */
  const othersMute = new Set<string>();

  const write = async (rules: readonly LinkRule[], signal: AbortSignal): Promise<void> => {
    const text = JSON.stringify(rules);
    // Where nobody has ever bound a role there is no file either.
    const isNew = written !== undefined || rules.length > 0 || links.isWritten();
    if (text !== written && isNew) {
      await links.write(rules, signal);
      written = text;
    }
  };
  return {
    isEcho: passing.isEcho,
    async keep(plan, places, signal) {
      const limit = links.limit();
      if (limit !== null) {
        return {list: [], limit};
      }
      const planned = plan();
      await write(planned.rules, signal);
      const judge = createJudge(links, planned, places);
      const silenced = () => judge.silenced().filter((node) => !othersMute.has(node));
      // First those that have to let go: a link stays with whoever holds it.
      const holding = () => [...judge.astray().map(([, node]) => node), ...silenced()];
      await passing.over(holding, places, signal);
      for (const node of silenced()) {
        othersMute.add(node);
      }
      await passing.over(judge.lacking, places, signal);
      // With its link in place a unit is known by itself: it finds it wherever it comes back.
      await write(plan().rules, signal);
      const there = links.read();
      const list = [
        ...planned.links.map((each) => readingOf(each, there, judge.isLoud(each))),
        ...judge.astray().flatMap(([path, node]) => strayReading(path, node, planned)),
        ...planned.ambiguous.map(ambiguousReading),
      ];
      return {list, limit: null};
    },
  };
}

/** What is there, held against what is planned; asked anew each time. */
function createJudge(
  links: Pick<RoleLinks, 'read' | 'muted'>,
  planned: RolePlan,
  places: Pick<UnitPlaces, 'isStored'>,
) {
  const {links: wanted, rules} = planned;
  const mute = new Set(rules.filter(({isMuted}) => isMuted).map(({link}) => link));
  const isLoud = ({link, node}: WantedLink): boolean => mute.has(link) && !links.muted().has(node);
  return {
    isLoud,
    astray: (): readonly (readonly [string, string])[] =>
      [...links.read()].filter(([path, node]) => !mayStay(path, node, planned, places)),
    /** Stored inputs that a rule has silenced, as it would a clone of its unit, for no role. */
    silenced: (): readonly string[] =>
      [...links.muted()].filter(
        (node) =>
          places.isStored(node) &&
          !wanted.some((each) => each.node === node && mute.has(each.link)),
      ),
    lacking(): readonly string[] {
      const there = links.read();
      return wanted
        .filter((each) => there.get(each.link) !== each.node || isLoud(each))
        .map(({node}) => node);
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

/** A link that udev holds on to, for a role that leads nowhere. */
function strayReading(
  path: string,
  node: string,
  {links: wanted, rules}: Pick<RolePlan, 'links' | 'rules'>,
): readonly RoleLink[] {
  const rule = rules.find(({link}) => link === path);
  return rule === undefined || wanted.some(({link}) => link === path)
    ? []
    : [{role: rule.role, path, node, state: 'wrong', detail: `it leads to ${node}`}];
}

const ambiguousReading = (role: string): RoleLink => ({
  role,
  path: `${LINK_FOLDER}/${role}`,
  node: null,
  state: 'ambiguous',
  detail: 'several functions fit: bind it with a suffix',
});
