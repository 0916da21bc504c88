/** Words for people go to stderr: `npm -s start -- status --json` keeps stdout for the program. */
const out = process.stderr;

const ENDS = /** @type {const} */ ([
  ['SIGHUP', 1],
  ['SIGINT', 2],
  ['SIGTERM', 15],
]);

/** @param {string} line */
export function say(line) {
  out.write(`cim-leaf: ${line}\n`);
}

/**
 * Says what is done, does it, and shows that time passes once it takes longer than a second.
 * @template T
 * @param {string} title what is done, how big it is, and why
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  say(title);
  const startedMs = Date.now();
  const elapsed = () => `${Math.round((Date.now() - startedMs) / 1000)} s`;
  let ticks = 0;
  const ticker = setInterval(() => {
    ticks += 1;
    out.write(out.isTTY ? `\r  ${elapsed()} ` : '.');
  }, 1000);
  try {
    return await work();
  } finally {
    clearInterval(ticker);
    if (ticks > 0) out.write(out.isTTY ? `\r  took ${elapsed()}\n` : ` ${elapsed()}\n`);
  }
}

/**
 * Runs a command's main function: what it throws becomes one sentence and exit code 1.
 * @param {() => Promise<number>} main gives the exit code
 */
export async function runMain(main) {
  // A signal ends the process without its exit handlers; those remove what is half fetched.
  for (const [signal, number] of ENDS) process.once(signal, () => process.exit(128 + number));
  try {
    process.exitCode = await main();
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
