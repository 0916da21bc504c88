import type {Answer} from '#domain/command.ts';
import type {StoredMessage} from '#domain/message.ts';
import type {CommandOutput, ConsolePorts, QuitOptions, Wish} from '#store/console-actions.ts';

import {sampleMessages} from './sample-inventory.ts';

/** Everything the console asked of the outside, in order. */
export interface Outside {
  readonly wishes: Wish[];
  /** Sequences of the events it read from the store. */
  readonly reads: number[];
  readonly commands: string[];
  readonly quits: QuitOptions[];
  readonly copies: string[];
  readonly moments: (string | null)[];
  readonly passedOn: string[];
  readonly calls: string[];
}

export interface FakePorts {
  readonly ports: ConsolePorts;
  readonly outside: Outside;
  /** What the next wishes and command lines are answered. */
  readonly answers: {
    wish: Answer;
    command: CommandOutput;
    event(sequence: number): Promise<StoredMessage | undefined>;
    moment(): Promise<void>;
  };
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
    reads: [],
    commands: [],
    quits: [],
    copies: [],
    moments: [],
    passedOn: [],
    calls: [],
  };
  const answers: FakePorts['answers'] = {
    wish: DONE,
    command: {lines: ['done'], exitCode: 0},
    moment: async () => undefined,
    event: async (sequence) => sampleMessages.find((message) => message.sequence === sequence),
  };
  return {
    outside,
    answers,
    ports: {
      goTo: async (moment) => {
        outside.moments.push(moment);
        await answers.moment();
      },
      send: async (wish) => {
        outside.wishes.push(wish);
        return answers.wish;
      },
      readEvent: async (sequence) => {
        outside.reads.push(sequence);
        return answers.event(sequence);
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
      startRecording: async () => {
        outside.calls.push('record');
        return '/home/anna/uevents-1.uevents';
      },
      stopRecording: async () => {
        outside.calls.push('stop recording');
        return 'recorded 9 records in 4 s: /home/anna/uevents-1.uevents';
      },
      now,
    },
  };
}
