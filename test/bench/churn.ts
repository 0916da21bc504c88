import type {Labelling, Scene} from './scene.ts';
import {type Screen, showPorts} from './screen.ts';

/** Bridges whose labels change all the time, and a console that shows them. */
export interface Churn {
  readonly screen: Screen;
  readonly names: readonly string[];
  readonly labelling: Labelling;
}

export const CHANGES_A_SECOND = 20;

const BRIDGES = 8;
/** Longer than any measurement. */
const CHANGES_MAX = 60 * CHANGES_A_SECOND;

/** Makes it; everything ends with the stack. */
export async function startChurn(
  scene: Scene,
  stack: AsyncDisposableStack,
  {name, perSecond, count = CHANGES_MAX}: {name: string; perSecond: number; count?: number},
): Promise<Churn> {
  const names = Array.from({length: BRIDGES}, (_, index) => `${name}${index}`);
  await scene.ipBatch(names.map((each) => `link add ${each} type bridge`));
  stack.defer(() => scene.ipBatch(names.map((each) => `link del ${each}`)));
  const screen = scene.openConsole(stack);
  await showPorts(screen, name);
  const last = names.at(-1) ?? '';
  await screen.shows(last, (rows) => rows.some((row) => row.includes(last)));
  const ids = await idsOf(names, scene);
  const label = new RegExp(`\\b${name}\\d \\d`);
  const isLabelled = screen.drawn.next('a label', (rows) => rows.some((row) => label.test(row)));
  const labelling = scene.label(ids, count, perSecond);
  stack.defer(labelling.stop);
  await isLabelled;
  return {screen, names, labelling};
}

/** A port keeps its id when its label changes. */
async function idsOf(names: readonly string[], {stage}: Scene): Promise<readonly string[]> {
  const ports = await stage.json('port', 'list', '--all');
  return ports.filter(({name}) => names.includes(String(name))).map(({id}) => String(id));
}
