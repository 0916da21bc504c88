import {beforeAll, beforeEach} from 'vitest';

import {failIfRequired} from './require-tier.ts';

const PROVIDE_LIMIT_MS = 900_000;

/**
 * Provides what the tests of a file stand on, before them. Where it can't be had they skip with the
 * reason, or fail where CIM_REQUIRE_TIERS names the tier.
 */
export function provideForFile<Ground extends object>(
  tier: string,
  provide: () => Promise<Ground | {readonly lack: string}>,
): () => Ground {
  let ground: Ground | undefined;
  let lack = '';
  beforeAll(async () => {
    const provided = await provide();
    if (!('lack' in provided)) {
      ground = provided;
    } else {
      lack = provided.lack;
      failIfRequired(tier, lack);
    }
  }, PROVIDE_LIMIT_MS);
  beforeEach(({skip}) => {
    if (ground === undefined) skip(lack);
  });
  return () => {
    if (ground === undefined) throw new TypeError('the stage is there only while a test runs');
    return ground;
  };
}
