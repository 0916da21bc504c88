/** A process that builds on a Nix stage: prints who works for it and waits to be killed. */
import {createNixStage} from './nix-stage.ts';
import {provideNix} from './provide-nix.ts';
import {createToyLeaf} from './toy-leaf.ts';

const provided = await provideNix();
if ('lack' in provided) throw new Error(provided.lack);
const stage = createNixStage(provided.folder);
const leaf = createToyLeaf(stage);
leaf.hold('hold-build');
const {pid} = stage.start('nix', ...leaf.build('1.0'));
const builder = await leaf.held();
process.stdout.write(`${JSON.stringify({folder: stage.folder, nix: pid, builder})}\n`);
