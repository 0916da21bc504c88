import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {NAMED_SCHEMAS} from '#domain/api/json-schema.ts';
import {COMMANDS} from '#domain/commands.ts';
import {messageDocs} from '#test/support/messages/message-docs.ts';
import {typeDeclarations} from '#test/support/messages/type-declarations.ts';
import packageJson from '../../../../package.json' with {type: 'json'};

const FOLDER = join(import.meta.dirname, '..', '..', '..', '..', 'docs', 'messages');
const docs = messageDocs(packageJson.version);
const pages = Object.entries(docs).filter(([name]) => name.endsWith('.md'));

test('docs/messages are as the schemas say', () => {
  const behind = Object.entries(docs).flatMap(([name, text]) =>
    readdirSync(FOLDER).includes(name) && readFileSync(join(FOLDER, name), 'utf8') === text
      ? []
      : [name],
  );
  expect(behind, 'these are behind: `npm run messages` renews them').toEqual([]);
  expect(readdirSync(FOLDER).sort()).toEqual(Object.keys(docs).sort());
});

test('the types of the client are as the schemas say', () => {
  const path = join(FOLDER, '..', '..', 'src', 'client', 'messages.d.mts');
  const isSame = readFileSync(path, 'utf8') === typeDeclarations();
  expect(isSame, 'behind: `npm run messages` renews them').toBe(true);
});

test.each(pages)('every link of %s leads somewhere', (page, text) => {
  const links = Array.from(text.matchAll(/\]\(([a-z.]*)(?:#([^)]*))?\)/gi));
  expect(links.length).toBeGreaterThan(0);
  for (const [link, file, anchor] of links) {
    const target = docs[file === '' || file === undefined ? page : file] ?? '';
    const anchors = Array.from(target.matchAll(/^#+ (.*)$/gm), ([, heading = '']) =>
      heading.toLowerCase().replaceAll('.', '').replaceAll(' ', '-'),
    );
    expect(anchor === undefined ? target !== '' : anchors.includes(anchor), link).toBe(true);
  }
});

test('every message has its place, and every command its line for the shell', () => {
  const all = pages.map(([, text]) => text).join('\n');
  for (const {name} of NAMED_SCHEMAS.filter(
    ({name: type}) => !/^(?:answer|event|rows)/.test(type),
  )) {
    expect(all).toContain(`### ${name}\n`);
  }
  for (const {aggregate, verb} of COMMANDS) {
    expect(all).toMatch(new RegExp(`\`cim-tui ${aggregate} ${verb}(?: [A-Z[]|\`)`));
  }
});
