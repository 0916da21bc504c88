import {writeFileSync} from 'node:fs';
import {join} from 'node:path';

import {deviceClassJsonSchema} from '#devices/class.ts';

import {classLists} from './class-lists.ts';

/** Writes the lists of src/devices and the schema of class.json anew: `npm run classes`. */
const FOLDER = join(import.meta.dirname, '..', '..', '..', 'src', 'devices');

writeFileSync(join(FOLDER, 'class.schema.json'), JSON.stringify(deviceClassJsonSchema()));
for (const [name, text] of Object.entries(classLists(FOLDER))) {
  writeFileSync(join(FOLDER, name), text);
}
