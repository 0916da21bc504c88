import {findProgram} from './processes.ts';
import type {Scene} from './scene.ts';
import {isFilled, openScreen, type Screen} from './screen.ts';

/** Full-screen programs that others made. */
const MONITORS = ['htop', 'btop'] as const;

/** One that this machine has. */
export interface Monitor {
  readonly name: string;
  /** Starts it in a terminal like ours; it ends with the stack. */
  open(stack: AsyncDisposableStack): Screen;
}

export async function findMonitors({
  signal,
  stage,
}: Pick<Scene, 'signal' | 'stage'>): Promise<readonly Monitor[]> {
  // Their settings go into the home of the leaf, which goes too.
  const env = {...process.env, HOME: stage.home, XDG_CONFIG_HOME: stage.home};
  const monitors: Monitor[] = [];
  for (const name of MONITORS) {
    const file = await findProgram(name);
    if (file !== undefined) {
      monitors.push({
        name,
        open(stack) {
          const screen = openScreen({file, args: [], env, signal});
          stack.defer(screen.stop);
          return screen;
        },
      });
    }
  }
  return monitors;
}

/** From its start to a full screen. */
export async function firstFrameMs({open}: Monitor): Promise<number> {
  await using stack = new AsyncDisposableStack();
  const {drawn, startedMs} = open(stack);
  return (await drawn.next('a frame', isFilled)) - startedMs;
}
