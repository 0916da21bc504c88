/**
 * @typedef {{name: string, reason: string}} Told
 * @typedef {{passed: number, failed: number, skipped: Told[], failures: Told[]}} Tally
 */

/** Lines of a failure that are told again at the end. */
const FAILURE_LINES = 30;

/**
 * What one run of vitest comes to: a run that ended badly without a failed test counts as one.
 * @param {string | undefined} text what its reporter wrote, or nothing when it died
 * @param {number} exitCode
 * @returns {Tally}
 */
export function readTally(text, exitCode) {
  /** @type {Tally} */
  const tally = text ? JSON.parse(text) : {passed: 0, failed: 0, skipped: [], failures: []};
  return exitCode !== 0 && tally.failed === 0 ? {...tally, failed: 1} : tally;
}

/**
 * @param {readonly Tally[]} tallies
 * @returns {Tally}
 */
export function addTallies(tallies) {
  return {
    passed: tallies.reduce((sum, {passed}) => sum + passed, 0),
    failed: tallies.reduce((sum, {failed}) => sum + failed, 0),
    skipped: tallies.flatMap(({skipped}) => skipped),
    failures: tallies.flatMap(({failures}) => failures),
  };
}

/**
 * Every skipped test with its reason, every failed one with the first lines of its own, and the sum
 * alone on the last line.
 * @param {Tally} tally
 * @returns {string}
 */
export function printTally({passed, failed, skipped, failures}) {
  const lines = [
    ...skipped.map(({name, reason}) => `SKIP ${name}${reason && `: ${reason}`}`),
    ...failures.map(({name, reason}) => {
      const told = reason.split('\n').slice(0, FAILURE_LINES).join('\n  | ');
      return `FAIL ${name}\n  | ${told}`;
    }),
  ];
  const sum = `${passed} passed, ${failed} failed, ${skipped.length} skipped`;
  return [...lines, sum, ''].join('\n');
}
