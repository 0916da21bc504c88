import type {z} from 'zod';

import type {Fact} from '#domain/catalogue.ts';
import type {CommandDescriptor, Refusal} from '#domain/command.ts';
import type {Recorded} from '#domain/envelope.ts';
import type {PortUsers} from '#domain/port/user.ts';
import type {CallerWay} from '#projections/hazards.ts';
import type {Inventory} from '#projections/inventory.ts';

import type {RunJob} from './job/effect.ts';

/** A command as it reaches a decision: read by its schema, its target still as it was typed. */
export interface Wish<Data = unknown> {
  /** Of the command; a job bears it, too. */
  readonly id: string;
  readonly target: string;
  readonly data: Data;
  /** Sequence of the picture the person saw. */
  readonly seen: number | undefined;
}

/** What a decision may look up beside the inventory. */
export interface Lookup {
  /** The event a wish names, when it names one. */
  readonly event: Recorded | undefined;
  /** The newest one behind it about what it took out of the lists, where it took something. */
  readonly newer?: Recorded | undefined;
  /** ISO time at which the wish came in; undefined: a decision that does not ask for it. */
  readonly time?: string | undefined;
  /** Of a wish about the hardware: who uses it just now, and by which way the wish came. */
  readonly stake?: Stake | undefined;
}

/** What a change of the hardware could cut off. */
export interface Stake {
  readonly users: PortUsers;
  readonly caller: CallerWay;
}

export type Verdict = readonly Fact[] | Refusal;

/** One command and how it is decided. */
export interface UseCase {
  readonly command: CommandDescriptor;
  /** Reads the data by the command's schema and decides. Pure. */
  decide(inventory: Inventory, wish: Wish, lookup: Lookup): Verdict;
  /** Of a job: what is done once it is accepted. */
  readonly run?: RunJob;
}

/** Joins a command and a decision whose data has the command's own type. */
export function defineUseCase<Schema extends z.ZodType>(
  command: CommandDescriptor<Schema>,
  decide: (inventory: Inventory, wish: Wish<z.infer<Schema>>, lookup: Lookup) => Verdict,
): UseCase {
  return {
    command,
    decide(inventory, wish, lookup) {
      const read = command.schema.safeParse(wish.data);
      return read.success
        ? decide(inventory, {...wish, data: read.data}, lookup)
        : refusalOfIssue(read.error.issues[0]);
    },
  };
}

const LABEL_ISSUES: Readonly<Record<string, Refusal['refused']>> = {
  'too-long': 'too-long',
  'control-characters': 'control-characters',
  'space-at-ends': 'space-at-ends',
  empty: 'empty-label',
};

function refusalOfIssue(
  issue: {readonly message: string; readonly path: readonly PropertyKey[]} | undefined,
): Refusal {
  const known = issue === undefined ? undefined : LABEL_ISSUES[issue.message];
  if (known !== undefined) {
    return {refused: known};
  }
  const where = issue?.path.map(String).join('.') ?? '';
  return {refused: 'bad-request', detail: `${where === '' ? '' : `${where}: `}${issue?.message}`};
}

/** Refuses when a field of the target was set after the picture that the person saw. */
export function changedMeanwhile(
  fields: Readonly<Record<string, number>>,
  names: readonly string[],
  seen: number | undefined,
): Refusal | undefined {
  if (seen === undefined) {
    return undefined;
  }
  const newer = names.find((name) => (fields[name] ?? 0) > seen);
  return newer === undefined
    ? undefined
    : {refused: 'changed-meanwhile', detail: newer, by: {sequence: fields[newer] ?? 0}};
}

/** Refuses what an unreadable event, most likely a newer version's, was about: this agent cannot know how it stands. */
export const newerEvent = (
  inventory: Pick<Inventory, 'readOnly'>,
  aggregate: string,
  id: string,
): Refusal | undefined => {
  const sequence = inventory.readOnly[`${aggregate}/${id}`];
  return sequence === undefined
    ? undefined
    : {refused: 'newer-event', detail: `event ${sequence} on ${id}`};
};
