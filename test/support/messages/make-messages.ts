import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

import packageJson from '../../../package.json' with {type: 'json'};
import {messageDocs} from './message-docs.ts';

/** Writes docs/messages anew: `npm run messages`. */
const FOLDER = join(import.meta.dirname, '..', '..', '..', 'docs', 'messages');

rmSync(FOLDER, {recursive: true, force: true});
mkdirSync(FOLDER, {recursive: true});
for (const [name, text] of Object.entries(messageDocs(packageJson.version))) {
  writeFileSync(join(FOLDER, name), text);
}
