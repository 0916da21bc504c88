import {readdirSync, readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {parseSource} from '#test/support/source/parse.ts';
import {findViolations} from '#test/support/source/rules.ts';
import {readSources} from '#test/support/source/tree.ts';
import {CONTRACTS} from '#test/support/tiers/drivers.ts';

const violationsOf = (files: Readonly<Record<string, string>>) =>
  findViolations(Object.entries(files).map(([path, text]) => parseSource(path, text)));

test('this tree keeps the rules of its design', () => {
  const sources = readSources('.', ['src', 'services', 'views', 'test', 'bin']);
  expect(sources.length).toBeGreaterThan(20);
  expect(findViolations(sources)).toEqual([]);
});

describe('who may import whom', () => {
  test.each([
    ['src/domain/port/state.ts', "import {z} from 'zod';"],
    ['src/domain/port/state.ts', "import {a} from '../ids.ts';"],
    ['src/contracts/bus.ts', "import type {A} from '#domain/ids.ts';"],
    ['src/contracts/bus.ts', "import {type A} from '#domain/ids.ts';"],
    ['src/drivers/nats/bus.ts', "import {connect} from '@nats-io/transport-node';"],
    ['src/drivers/nats/bus.ts', "import {readFile} from 'node:fs/promises';"],
    ['services/port/label.ts', "import {a} from '#devices/usb/describe.ts';"],
    ['src/cli/port.ts', "import {parseArgs} from 'node:util';"],
    ['src/store/read.ts', "import {createStore} from 'zustand/vanilla';"],
    ['views/app.tsx', "import {Box} from 'ink';"],
    ['src/agent.ts', "import {a} from '#drivers/nats/bus.ts';"],
    ['src/cim-tui.ts', "await import('./main.ts');"],
  ])('%s may say %s', (path, text) => {
    expect(violationsOf({[path]: text})).toEqual([]);
  });

  test.each([
    ['src/domain/ids.ts', "import {a} from '#contracts/ids.ts';"],
    ['src/domain/ids.ts', "import {a} from 'uuid';"],
    ['src/domain/ids.ts', "import {a} from 'node:crypto';"],
    ['src/domain/ids.ts', "import type {A} from '../contracts/ids.ts';"],
    ['src/domain/ids.ts', "type A = import('#contracts/ids.ts').A;"],
    ['src/domain/ids.ts', "export const a = async () => await import('#contracts/ids.ts');"],
    ['src/contracts/bus.ts', "import {A} from '#domain/ids.ts';"],
    ['src/drivers/nats/bus.ts', "import {a} from '#drivers/memory/bus.ts';"],
    ['src/drivers/nats/bus.ts', "import {a} from '../memory/bus.ts';"],
    ['services/port/label.ts', "import {a} from '#drivers/nats/bus.ts';"],
    ['services/port/label.ts', "import {readFile} from 'node:fs';"],
    ['src/cli/port.ts', "import {readFile} from 'node:fs';"],
    ['src/cli/port.ts', "import {a} from '#services/registry.ts';"],
    ['views/app.tsx', "import {a} from '#client/leaf-client.ts';"],
    ['views/app.tsx', "import {readFile} from 'node:fs';"],
    ['src/store/read.ts', "import {a} from '#test/support/x.ts';"],
  ])('%s may not say %s', (path, text) => {
    expect(violationsOf({[path]: text})).toEqual([expect.stringContaining('may not import')]);
  });

  test('words in texts and comments are no imports', () => {
    const text = "// import {a} from 'node:fs';\nexport const a = \"import x from 'node:fs'\";\n";
    expect(violationsOf({'src/domain/a.ts': text})).toEqual([]);
  });
});

test('finds import cycles, types included', () => {
  const files = {
    'src/domain/a.ts': "import type {B} from './b.ts';",
    'src/domain/b.ts': "import {c} from '#domain/c.ts';",
    'src/domain/c.ts': "import type {A} from './a.ts';",
    'src/domain/d.ts': "import {a} from './a.ts';",
  };
  const cycle = 'import cycle: src/domain/a.ts, src/domain/b.ts, src/domain/c.ts';
  expect(violationsOf(files)).toEqual([cycle]);
  expect(violationsOf({...files, 'src/domain/c.ts': ''})).toEqual([]);
});

test('finds barrels', () => {
  expect(violationsOf({'src/domain/index.ts': ''})).toEqual(['src/domain/index.ts: barrel']);
  expect(violationsOf({'src/domain/all.ts': "export * from './a.ts';"})).toHaveLength(1);
  expect(violationsOf({'src/domain/all.ts': "export {a} from './a.ts';"})).toHaveLength(1);
  expect(violationsOf({'src/domain/mod.ts': "export {a} from './a.ts';"})).toEqual([]);
  expect(violationsOf({'src/domain/mod.ts': "export * from './a.ts';"})).toHaveLength(1);
});

test('finds files and composition roots that are too long', () => {
  const lines = (count: number) => '//\n'.repeat(count);
  expect(violationsOf({'src/domain/a.ts': lines(300), 'src/main.ts': lines(120)})).toEqual([]);
  expect(violationsOf({'src/domain/a.ts': lines(301), 'src/main.ts': lines(121)})).toEqual([
    'src/domain/a.ts: 301 lines, limit 300',
    'src/main.ts: 121 lines, limit 120',
  ]);
});

test('finds names that say nothing', () => {
  for (const name of ['util.ts', 'string-utils.ts', 'helpers/a.ts', 'misc.test.ts']) {
    expect(violationsOf({[`src/domain/${name}`]: ''})).toHaveLength(1);
  }
  expect(violationsOf({'src/domain/utility-meter.ts': ''})).toEqual([]);
});

test('finds chance in a pure room', () => {
  const text = 'export const a = () => Math.random();';
  expect(violationsOf({'src/domain/a.ts': text})).toEqual(['src/domain/a.ts: uses Math.random']);
  expect(violationsOf({'src/drivers/x/a.ts': text})).toEqual([]);
});

test('counts lint-ignores', () => {
  const ignore = '// biome-ignore lint/a: because\n';
  expect(violationsOf({'src/domain/a.ts': ignore.repeat(10)})).toEqual([]);
  expect(violationsOf({'src/domain/a.ts': ignore.repeat(11)})).toHaveLength(1);
});

describe('the list of contracts and their drivers', () => {
  const listed = Object.entries(CONTRACTS);

  test('has every contract of this tree', () => {
    const files = new Set(listed.map(([, {file}]) => `${file}.ts`));
    expect([...files].sort()).toEqual(readdirSync('src/contracts').sort());
  });

  test.each(listed)(
    'has %s right: an interface, and folders that know it',
    (name, {file, drivers}) => {
      const type = name.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
      expect(readFileSync(`src/contracts/${file}.ts`, 'utf8')).toContain(`interface ${type} `);
      for (const driver of drivers) {
        const imported = readSources('.', [`src/drivers/${driver}`])
          .flatMap(({imports}) => imports)
          .map(({specifier}) => specifier);
        expect(imported, driver).toContain(`#contracts/${file}.ts`);
      }
    },
  );
});
