import {writeFile} from 'node:fs/promises';

import {printUnit, readAgentUnit} from '#test/support/agent-unit.ts';
import {CIM_TUI, type Ended} from '#test/support/stage.ts';
import {endOf, startTied} from '#test/support/tiers/children.ts';
import {until} from '#test/support/until.ts';
import {type Box, CHECKOUT_IN_BOX} from './box.ts';

/** The agent of a box, a systemd unit there. */
export interface BoxAgent {
  readonly unit: string;
  /** One command line of cim-tui, run in the box. */
  cli(...args: readonly string[]): Promise<Ended>;
  /** The JSON lines that a command line prints in the box. */
  json(...args: readonly string[]): Promise<readonly Record<string, unknown>[]>;
  /** The same by a cim-tui outside of the box, which shares only its network. */
  jsonFromOutside(...args: readonly string[]): Promise<readonly Record<string, unknown>[]>;
}

const UNIT = 'cim-agent.service';
const READY_LIMIT_MS = 30_000;

/** Installs the agent's unit in a box, starts it, and waits until it is ready. */
export async function startBoxAgent(box: Box): Promise<BoxAgent> {
  await writeFile(
    box.path(`/etc/systemd/system/${UNIT}`),
    printUnit(readAgentUnit(CHECKOUT_IN_BOX)),
  );
  await box.ask('systemctl', 'daemon-reload');
  await box.ask('systemctl', 'enable', '--now', UNIT);
  const program = `${CHECKOUT_IN_BOX}/bin/cim-tui`;
  const cli = (...args: readonly string[]) => box.run(program, ...args);
  await until(
    () => cli('status'),
    ({code}) => code === 0,
    READY_LIMIT_MS,
  );
  return {
    unit: UNIT,
    cli,
    json: async (...args) => readLines(await cli(...args, '--json')),
    async jsonFromOutside(...args) {
      const [connection] = readLines(await cli('connect', '--json'));
      const reach = [
        ...['--nats', String(connection?.url), '--leaf', String(connection?.leaf)],
        ...['--creds', box.path(String(connection?.creds))],
      ];
      const words = ['-t', String(box.leader), '-n', CIM_TUI, ...args, ...reach, '--json'];
      return readLines(await endOf(startTied('nsenter', words)));
    },
  };
}

function readLines({code, stdout, stderr}: Ended): readonly Record<string, unknown>[] {
  if (code !== 0) throw new Error(`cim-tui exited ${code}: ${stderr || stdout}`);
  const lines = stdout.split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line));
}
