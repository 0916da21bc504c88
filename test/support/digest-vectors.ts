import {readFileSync} from 'node:fs';

import {z} from 'zod';

/** test/fixtures/digest.json, made by digest.py beside it. */
const DigestVectors = z.object({
  leafId: z.string(),
  storeId: z.string(),
  messages: z.array(z.object({subject: z.string(), messageId: z.string(), body: z.string()})),
  digests: z.array(z.string()),
});

/** Messages of a stream, and D(0), D(1), … as another language computed them. */
export const digestVectors = DigestVectors.parse(
  JSON.parse(readFileSync(new URL('../fixtures/digest.json', import.meta.url), 'utf8')),
);
