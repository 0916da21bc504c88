import {writeFileSync} from 'node:fs';
import {join} from 'node:path';

import {classLists} from './class-lists.ts';

/** Writes the lists of src/devices anew: `npm run classes`. */
const FOLDER = join(import.meta.dirname, '..', '..', '..', 'src', 'devices');

for (const [name, text] of Object.entries(classLists(FOLDER))) {
  writeFileSync(join(FOLDER, name), text);
}
