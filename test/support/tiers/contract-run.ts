import {z} from 'zod';

/**
 * Where a suite runs: in the test process on this machine, in a network namespace of the test's
 * own, in a booted box, in a virtual machine.
 */
export const Stage = z.enum(['here', 'namespace', 'box', 'vm']);
export type Stage = z.infer<typeof Stage>;

/** One contract on one driver in one stage: what a suite runs for. */
export const ContractRun = z.object({contract: z.string(), driver: z.string(), stage: Stage});
export type ContractRun = z.infer<typeof ContractRun>;

/** The stage that this process runs in: whoever starts tests in another one says so. */
export const currentStage = (env: NodeJS.ProcessEnv = process.env): Stage =>
  Stage.parse(env.CIM_TEST_STAGE ?? 'here');

export const printRun = ({contract, driver, stage}: ContractRun): string =>
  `${contract} on ${driver}, ${stage}`;
