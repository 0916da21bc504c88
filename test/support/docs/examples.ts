import {readFileSync} from 'node:fs';
import {join} from 'node:path';

import {ROOT} from '#test/support/stage.ts';

/**
 * The programs in a page of docs/, by name: each block of JavaScript or TypeScript whose first line
 * is `// NAME`, as it stands there.
 */
export function examplesOf(page: string): ReadonlyMap<string, string> {
  const text = readFileSync(join(ROOT, 'docs', page), 'utf8');
  const blocks = text.matchAll(/^```(?:js|ts)\n(\/\/ (\S+)\n[\s\S]*?)^```$/gm);
  return new Map(Array.from(blocks, ([, code = '', name = '']) => [name, code]));
}

/** How many blocks of code a page has in a language, with a name or without. */
export const countBlocks = (page: string, language: string): number =>
  Array.from(
    readFileSync(join(ROOT, 'docs', page), 'utf8').matchAll(
      new RegExp(`^\`\`\`${language}$`, 'gm'),
    ),
  ).length;
