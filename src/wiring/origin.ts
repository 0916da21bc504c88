import {readlinkSync} from 'node:fs';
import {userInfo} from 'node:os';

import type {Origin} from '#domain/command.ts';

/** Where this person sits, as far as the environment tells: a claim, no proof. */
export function originOfHere(env: NodeJS.ProcessEnv): Origin {
  const [sshAddress] = env.SSH_CONNECTION?.split(' ') ?? [];
  const tty = env.SSH_TTY ?? ttyOfHere() ?? env.XDG_VTNR;
  return {
    kind: sshAddress === undefined ? 'tty' : 'ssh',
    uid: String(userInfo().uid),
    ...(tty === undefined ? {} : {tty}),
    ...(sshAddress === undefined ? {} : {address: sshAddress}),
  };
}

/** The terminal that is typed at: `/dev/ttyS0`; undefined: there is none. */
function ttyOfHere(): string | undefined {
  try {
    return process.stdin.isTTY ? readlinkSync('/proc/self/fd/0') : undefined;
  } catch {
    return undefined; // no procfs here: where somebody sits is a comfort to know
  }
}
