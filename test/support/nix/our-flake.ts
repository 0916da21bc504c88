import {existsSync} from 'node:fs';
import {join} from 'node:path';

import type {z} from 'zod';

import {type Ended, ROOT} from '#test/support/stage.ts';
import type {NixStage} from './nix-stage.ts';

/** Stands in for nixpkgs: nothing is fetched, and the lock file stays as it is. */
export const OFFLINE = [
  '--no-write-lock-file',
  '--override-input',
  'nixpkgs',
  `path:${join(ROOT, 'test', 'nix', 'stub')}`,
] as const;

/** Our flake; a CI's checkout of it may be shallow. */
export const REFERENCE = `git+file://${ROOT}?shallow=1`;

/** Why our flake cannot be evaluated here; undefined: it can. */
export const flakeLack: string | undefined = existsSync(join(ROOT, '.git'))
  ? undefined
  : 'no git checkout: a flake of the whole folder would have node_modules in it';

/** The flake of this checkout, evaluated by a real Nix on inputs that stand in for the real ones. */
export interface OurFlake {
  /** A command of `nix` on the flake: `flake check`, or `build` with the name of an output. */
  run(command: readonly string[], output?: string): Promise<Ended>;
  /** An output as JSON, after a function in Nix. @throws an Error with Nix's words, or a ZodError */
  evaluate<T>(output: string, apply: string, schema: z.ZodType<T>): Promise<T>;
  /** Something of the example host with one more module, both written in Nix. */
  evaluateHost<T>(module: string, expression: string, schema: z.ZodType<T>): Promise<T>;
}

export function createOurFlake({nix, ask}: NixStage): OurFlake {
  const evaluate: OurFlake['evaluate'] = async (output, apply, schema) => {
    const target = `${REFERENCE}#${output}`;
    const text = await ask('eval', '--json', target, '--apply', apply, ...OFFLINE);
    return schema.parse(JSON.parse(text));
  };
  return {
    run(command, output) {
      const target = output === undefined ? REFERENCE : `${REFERENCE}#${output}`;
      return nix(...command, target, ...OFFLINE);
    },
    evaluate,
    evaluateHost: (module, expression, schema) =>
      evaluate(
        'nixosConfigurations.example',
        `host: let inherit (host.extendModules { modules = [ (${module}) ]; }) config; in
          builtins.seq config.system.build.toplevel.drvPath (${expression})`,
        schema,
      ),
  };
}
