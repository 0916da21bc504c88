import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';

import {provideNix} from '#test/support/nix/provide-nix.ts';

test('without a cache and without a mirror there is a reason instead of a Nix', async () => {
  const cache = mkdtempSync(join(tmpdir(), 'cim-no-nix-'));
  onTestFinished(() => rmSync(cache, {recursive: true}));
  const provided = await provideNix(
    {XDG_CACHE_HOME: cache},
    {lack: 'only on Debian is it fetched'},
  );
  expect(provided).toEqual({
    lack: expect.stringMatching(
      /^no Nix in .*\/stages\/nix-[0-9a-f]{12}-.*, and it cannot be fetched: only on Debian is it fetched$/,
    ),
  });
});
