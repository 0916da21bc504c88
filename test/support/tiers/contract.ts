import {describe, test} from 'vitest';

import {type ContractRun, currentStage, printRun, type Stage} from './contract-run.ts';
import type {Contract, DriverOf} from './drivers.ts';

declare module 'vitest' {
  interface TaskMeta {
    contractRun?: ContractRun;
  }
}

export interface ContractOptions<Of extends Contract> {
  readonly contract: Of;
  readonly driver: DriverOf<Of>;
  /** The one that this process runs in, unless told otherwise. */
  readonly stage?: Stage | undefined;
  /** Why it cannot run here: it skips and says so. */
  readonly lack?: string | undefined;
}

/** The tests of a contract on one of its drivers, as what `npm run tiers` counts them. */
export function describeContract<Of extends Contract>(
  {contract, driver, stage = currentStage(), lack}: ContractOptions<Of>,
  body: () => void,
): void {
  const skipped = () => test('cannot run', ({skip}) => skip(lack));
  describeRun({contract, driver, stage}, lack === undefined ? body : skipped);
}

/** The same of a run whose tests are known to somebody else. */
export function describeRun(contractRun: ContractRun, body: () => void): void {
  describe(printRun(contractRun), {meta: {contractRun}}, body);
}
