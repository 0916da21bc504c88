import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';

import {compatibilityList} from '#test/support/compatibility/compatibility-list.ts';

const PAGE = join(import.meta.dirname, '..', '..', 'docs', 'compatibility.md');

test('docs/compatibility.md says what the recordings show', async () => {
  expect(readFileSync(PAGE, 'utf8')).toBe(await compatibilityList());
});
