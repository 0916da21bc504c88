import {writeFileSync} from 'node:fs';
import type {Reporter, TestCase, TestModule, TestSuite} from 'vitest/node';

type Told = {name: string; reason: string};
export type Tally = {passed: number; failed: number; skipped: Told[]; failures: Told[]};

/** Writes to a file what `npm test` adds up; a skipped or failed test keeps the reason that it gave. */
export class TallyReporter implements Reporter {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const counted = (state: string) => tests.filter((test) => test.result().state === state);
    const broken = findBroken(modules);
    const tally: Tally = {
      passed: counted('passed').length,
      failed: counted('failed').length + broken.length + unhandledErrors.length,
      skipped: counted('skipped').map(describeSkipped),
      failures: [
        ...counted('failed').map(describeFailed),
        ...broken.map((each) => ({name: nameOf(each), reason: tellErrors(each.errors())})),
        ...unhandledErrors.map((error) => ({
          name: 'outside of tests',
          reason: tellErrors([error]),
        })),
      ],
    };
    writeFileSync(this.#path, JSON.stringify(tally));
  }
}

/** Files and groups that failed as such: a hook that threw, an import that is not there. */
function findBroken(modules: readonly TestModule[]): readonly (TestModule | TestSuite)[] {
  const groups = modules.flatMap((module) => [...module.children.allSuites()]);
  return [...modules, ...groups].filter((each) => each.errors().length > 0);
}

const nameOf = (entity: TestModule | TestSuite | TestCase): string =>
  entity.type === 'module'
    ? entity.relativeModuleId
    : `${entity.module.relativeModuleId} > ${entity.fullName}`;

const tellErrors = (errors: readonly unknown[]): string =>
  errors
    .map((error) =>
      isObject(error) && 'message' in error ? String(error.message) : JSON.stringify(error),
    )
    .join('\n');

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const describeFailed = (test: TestCase): Told => ({
  name: nameOf(test),
  reason: tellErrors(test.result().errors ?? []),
});

function describeSkipped(test: TestCase): Told {
  const result = test.result();
  const note = result.state === 'skipped' ? result.note : undefined;
  return {name: nameOf(test), reason: note ?? ''};
}
