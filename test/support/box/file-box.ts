import {afterAll} from 'vitest';

import {provideForFile} from '#test/support/tiers/tier-file.ts';
import {type Box, openBox} from './box.ts';
import {provideBoxRoot} from './provide.ts';

/** A box for the tests of a file, thrown away after them; where there can be none they skip. */
export function boxForFile(): () => Box {
  let box: Box | undefined;
  const ground = provideForFile('box', async () => {
    const provided = await provideBoxRoot();
    if ('lack' in provided) return provided;
    box = await openBox(provided);
    return {box};
  });
  afterAll(() => box?.stop());
  return () => ground().box;
}
