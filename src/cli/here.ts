import {EXIT, type Verb} from './verb.ts';

const serve: Verb = {
  path: ['serve'],
  summary: 'the service layer without a screen',
  words: [],
  options: [
    {name: 'linger', value: 'S', summary: 'end S seconds after the last client has gone'},
    {name: 'no-standby', summary: 'end at once where another serves this home; --linger does too'},
  ],
  run({world, globals, args}) {
    const {linger} = args.options;
    const seconds = linger === undefined ? undefined : Number(linger);
    if (seconds !== undefined && !(seconds >= 0 && seconds <= 86_400)) {
      world.err(`cim-tui: --linger takes seconds from 0 to 86400, not "${linger}"`);
      return Promise.resolve(EXIT.usage);
    }
    // One that is there for its clients has nothing to wait for: they are served.
    const mayStandBy = seconds === undefined && args.options['no-standby'] !== true;
    return world.serve(globals, {lingerSeconds: seconds, mayStandBy});
  },
};

const doctor: Verb = {
  path: ['doctor'],
  summary: 'checks of this machine and leaf, each with a remedy',
  words: [],
  options: [],
  async run({world, globals}) {
    let hasFailed = false;
    for await (const check of world.checks(globals)) {
      hasFailed ||= check.result === 'fail';
      const remedy = check.remedy === null ? '' : `\n       ${check.remedy}`;
      world.out(
        globals.json
          ? JSON.stringify(check)
          : `${check.result.padEnd(5)}  ${check.check.padEnd(14)} ${check.detail}${remedy}`,
      );
    }
    return hasFailed ? EXIT.failed : EXIT.done;
  },
};

/** What concerns this machine: the service layer, the checks. */
export const HERE_VERBS: readonly Verb[] = [serve, doctor];
