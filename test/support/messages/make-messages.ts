import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

import packageJson from '../../../package.json' with {type: 'json'};
import {messageDocs} from './message-docs.ts';
import {typeDeclarations} from './type-declarations.ts';

/** Writes docs/messages and the types of the client anew: `npm run messages`. */
const ROOT = join(import.meta.dirname, '..', '..', '..');
const FOLDER = join(ROOT, 'docs', 'messages');

rmSync(FOLDER, {recursive: true, force: true});
mkdirSync(FOLDER, {recursive: true});
for (const [name, text] of Object.entries(messageDocs(packageJson.version))) {
  writeFileSync(join(FOLDER, name), text);
}
writeFileSync(join(ROOT, 'src', 'client', 'messages.d.mts'), typeDeclarations());
