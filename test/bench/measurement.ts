import type {Reading} from './reading.ts';
import type {Scene} from './scene.ts';

/** One thing that is measured, with the peers of the same run. */
export interface Measurement {
  readonly name: string;
  read(scene: Scene): Promise<readonly Reading[]>;
}
