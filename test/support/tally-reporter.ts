import {writeFileSync} from 'node:fs';
import type {Reporter, TestCase, TestModule} from 'vitest/node';

export type Tally = {passed: number; failed: number; skipped: {name: string; reason: string}[]};

/** Writes to a file what `npm test` adds up; a skipped test keeps the reason that it gave. */
export class TallyReporter implements Reporter {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const counted = (state: string) => tests.filter((test) => test.result().state === state);
    const tally: Tally = {
      passed: counted('passed').length,
      failed: counted('failed').length + countBroken(modules) + unhandledErrors.length,
      skipped: counted('skipped').map(describeSkipped),
    };
    writeFileSync(this.#path, JSON.stringify(tally));
  }
}

/** Files and groups that failed as such: a hook that threw, an import that is not there. */
function countBroken(modules: readonly TestModule[]): number {
  const groups = modules.flatMap((module) => [...module.children.allSuites()]);
  return [...modules, ...groups].filter((each) => each.errors().length > 0).length;
}

function describeSkipped(test: TestCase): Tally['skipped'][number] {
  const result = test.result();
  const note = result.state === 'skipped' ? result.note : undefined;
  return {name: `${test.module.relativeModuleId} > ${test.fullName}`, reason: note ?? ''};
}
