import {afterAll, beforeAll, beforeEach} from 'vitest';

import {isRequired} from '#test/support/tiers/require-tier.ts';
import {createNixStage, type NixStage} from './nix-stage.ts';
import {provideNix} from './provide-nix.ts';

const PROVIDE_LIMIT_MS = 600_000;

/**
 * A Nix stage for the tests of a file, removed after them. Where there is none they skip with the
 * reason, or fail where CIM_REQUIRE_TIERS names `nix`.
 */
export function nixStageForFile(): () => NixStage {
  let stage: NixStage | undefined;
  let lack = '';
  beforeAll(async () => {
    const provided = await provideNix();
    if ('folder' in provided) {
      stage = createNixStage(provided.folder);
    } else if (isRequired('nix')) {
      throw new Error(provided.lack);
    } else {
      lack = provided.lack;
    }
  }, PROVIDE_LIMIT_MS);
  beforeEach(({skip}) => {
    if (stage === undefined) skip(lack);
  });
  afterAll(() => stage?.stop());
  return () => {
    if (stage === undefined) throw new TypeError('the stage is there only while a test runs');
    return stage;
  };
}
