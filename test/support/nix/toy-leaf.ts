import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import {readlink} from 'node:fs/promises';
import {basename, join} from 'node:path';

import {ROOT} from '#test/support/stage.ts';
import {until} from '#test/support/until.ts';
import type {NixStage} from './nix-stage.ts';

/** What the toy of test/nix/toy can be made to wait in. */
export type Hold = 'hold-build' | 'hold-switch';

/** A machine in small on a Nix stage: a profile of toplevels, and what it runs of them. */
export interface ToyLeaf {
  readonly profile: string;
  /** Arguments of `nix` that build a version into the profile. */
  build(version: string): readonly string[];
  /** The program of the profile's current generation that switches to it. */
  readonly switchProgram: string;
  /** Version that runs, or null. */
  running(): Promise<string | null>;
  /** Number and whether it is current, of each generation. */
  generations(): Promise<readonly (readonly [number, boolean])[]>;
  hold(what: Hold): void;
  letGo(what: Hold): void;
  /** Process id of what waits. */
  held(): Promise<number>;
  /** Removes the expression: from here on nothing can be evaluated. */
  forgetExpression(): void;
}

export function createToyLeaf({folder, run}: NixStage): ToyLeaf {
  const place = mkdtempSync(join(folder, 'toy-'));
  const root = join(place, 'run');
  const expression = join(place, 'expression');
  mkdirSync(root);
  cpSync(join(ROOT, 'test', 'nix', 'toy'), expression, {recursive: true});
  const profile = join(folder, 'state', 'profiles', basename(place));
  const heldFile = join(root, 'held');
  return {
    profile,
    switchProgram: join(profile, 'bin', 'switch-to-configuration'),
    build: (version) => [
      ...['build', '--profile', profile, '--log-format', 'internal-json', '-v'],
      ...['--file', join(expression, 'toplevel.nix')],
      ...['--argstr', 'version', version, '--argstr', 'root', root],
    ],
    async running() {
      const current = join(root, 'current-system');
      if (!existsSync(current)) return null;
      return basename(await readlink(current)).replace(/^[a-z0-9]+-toy-system-/, '');
    },
    async generations() {
      const {stdout} = await run('nix-env', '-p', profile, '--list-generations');
      const lines = stdout.split('\n').filter((line) => line.trim() !== '');
      return lines.map((line) => [Number.parseInt(line, 10), line.includes('(current)')] as const);
    },
    hold: (what) => writeFileSync(join(root, what), ''),
    letGo: (what) => rmSync(join(root, what)),
    async held() {
      const read = () => (existsSync(heldFile) ? readFileSync(heldFile, 'utf8').trim() : '');
      const pid = Number(await until(read, (text) => text !== ''));
      rmSync(heldFile);
      return pid;
    },
    forgetExpression: () => rmSync(expression, {recursive: true}),
  };
}
