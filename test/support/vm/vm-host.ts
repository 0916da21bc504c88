/** A process with a guest: says where it lives, and waits to be killed. */
import {openVm} from './vm.ts';
import {provideWarm} from './warm.ts';

const provided = await provideWarm();
if ('lack' in provided) throw new Error(provided.lack);
const {guest} = await openVm(provided);
process.stdout.write(`${JSON.stringify({folder: guest.folder})}\n`);
setInterval(() => {}, 1000);
