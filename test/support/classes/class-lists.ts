import {existsSync, readdirSync} from 'node:fs';
import {join} from 'node:path';

const HEAD = '// Made by `npm run classes` from the folders here.';

/** The two lists that src/devices keeps of its folders, by file name: what bundlers can follow. */
export function classLists(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder, {withFileTypes: true})
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'class.json')))
    .map(({name}) => name)
    .toSorted();
  const described = names.filter((name) => existsSync(join(folder, name, 'describe.ts')));
  return {'class-list.ts': classList(names), 'word-list.ts': wordList(described)};
}

const classList = (names: readonly string[]): string => `${HEAD}
${names.map((name) => `import ${camel(name)} from './${name}/class.json' with {type: 'json'};`).join('\n')}

/** Every class.json, unread. */
export const CLASS_FILES: readonly unknown[] = [
${names.map((name) => `  ${camel(name)},`).join('\n')}
];
`;

const wordList = (names: readonly string[]): string => `${HEAD}
import type {FoundFunction} from './classify.ts';
${names.map((name) => `import {describe${pascal(name)}} from './${name}/describe.ts';`).join('\n')}

/** Classes whose words need code. */
export const DESCRIBERS: Readonly<Record<string, (found: FoundFunction) => string>> = {
${names.map((name) => `  ${key(name)}: describe${pascal(name)},`).join('\n')}
};
`;

const camel = (name: string): string =>
  name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

const pascal = (name: string): string => camel(`-${name}`);

const key = (name: string): string => (name.includes('-') ? `'${name}'` : name);
