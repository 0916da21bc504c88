import {writeFileSync} from 'node:fs';
import {join} from 'node:path';

import {compatibilityList} from './compatibility-list.ts';

/** Writes docs/compatibility.md anew: `npm run compatibility`. */
const PAGE = join(import.meta.dirname, '..', '..', '..', 'docs', 'compatibility.md');

writeFileSync(PAGE, await compatibilityList());
