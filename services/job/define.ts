import type {z} from 'zod';

import type {CommandDescriptor, JobDescriptor, Refusal} from '#domain/command.ts';
import {CimError} from '#domain/errors.ts';
import type {Inventory} from '#projections/inventory.ts';

import {defineUseCase, newerEvent, type UseCase} from '../use-case.ts';
import type {RunJob} from './effect.ts';

/** What a job is about, by the id that it has however it was named; or why there is no such thing. */
export type ResolveTarget = (
  inventory: Inventory,
  target: string,
) => {readonly target: string} | Refusal;

/**
 * A command that takes long: it is accepted at once, unless the same is being done already, and
 * done by `run` from then on.
 */
export function defineJob<Schema extends z.ZodType<Readonly<Record<string, unknown>>>>(
  command: CommandDescriptor<Schema> & {readonly job: JobDescriptor},
  run: RunJob,
  resolve: ResolveTarget = (_, target) => ({target}),
): UseCase {
  const name = `${command.aggregate}.${command.verb}`;
  const accepting = defineUseCase(command, (inventory, {id, data, ...wish}) => {
    const about = resolve(inventory, wish.target);
    if ('refused' in about) {
      return about;
    }
    const {target} = about;
    const same = Object.values(inventory.jobs).find(
      (job) => job.state !== 'ended' && job.command === name && job.target === target,
    );
    if (same !== undefined) {
      return {refused: 'job-running', detail: same.id};
    }
    const accepted = {command: name, target, data: {...data}};
    return (
      newerEvent(inventory, 'job', id) ?? [
        {type: 'cim.job.accepted.v1', subject: id, data: accepted},
      ]
    );
  });
  return {
    ...accepting,
    run(work, tools) {
      const read = command.schema.safeParse(work.data);
      if (!read.success) {
        throw new CimError('bad-request', `${name} of another version`, {cause: read.error});
      }
      return run({...work, data: read.data}, tools);
    },
  };
}
