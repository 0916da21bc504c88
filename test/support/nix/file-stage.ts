import {afterAll} from 'vitest';

import {provideForFile} from '#test/support/tiers/tier-file.ts';
import {createNixStage, type NixStage} from './nix-stage.ts';
import {provideNix} from './provide-nix.ts';

/** A Nix stage for the tests of a file, removed after them; where there can be none they skip. */
export function nixStageForFile(): () => NixStage {
  let stage: NixStage | undefined;
  const ground = provideForFile('nix', async () => {
    const provided = await provideNix();
    if ('lack' in provided) return provided;
    stage = createNixStage(provided.folder);
    return {stage};
  });
  afterAll(() => stage?.stop());
  return () => ground().stage;
}
