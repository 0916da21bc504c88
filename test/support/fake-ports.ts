import type {Answer} from '#domain/command.ts';
import type {CommandOutput, ConsolePorts, QuitOptions, Wish} from '#store/console-actions.ts';

/** Everything the console asked of the outside, in order. */
export interface Outside {
  readonly wishes: Wish[];
  readonly commands: string[];
  readonly quits: QuitOptions[];
  readonly copies: string[];
  readonly passedOn: string[];
  readonly calls: string[];
}

export interface FakePorts {
  readonly ports: ConsolePorts;
  readonly outside: Outside;
  /** What the next wishes and command lines are answered. */
  readonly answers: {wish: Answer; command: CommandOutput};
}

const DONE: Answer = {
  ok: true,
  id: '0199f000-0000-7000-8000-000000000999',
  events: ['e'],
  sequence: 100,
};

/** An outside that does nothing and remembers everything. */
export function createFakePorts(now: () => number): FakePorts {
  const outside: Outside = {
    wishes: [],
    commands: [],
    quits: [],
    copies: [],
    passedOn: [],
    calls: [],
  };
  const answers: FakePorts['answers'] = {wish: DONE, command: {lines: ['done'], exitCode: 0}};
  return {
    outside,
    answers,
    ports: {
      send: async (wish) => {
        outside.wishes.push(wish);
        return answers.wish;
      },
      execute: async (line) => {
        outside.commands.push(line);
        return answers.command;
      },
      complete: (line) => ['port', 'portal', 'role'].filter((word) => word.startsWith(line)),
      quit: (options) => void outside.quits.push(options),
      suspend: async () => void outside.calls.push('suspend'),
      copy: async (text) => {
        outside.copies.push(text);
        return 'the clipboard';
      },
      now,
    },
  };
}
