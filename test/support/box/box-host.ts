/** A process with a network and a box on it: says what it has made, and waits to be killed. */
import {openNetwork} from './network.ts';
import {provideBoxRoot} from './provide.ts';

const provided = await provideBoxRoot();
if ('lack' in provided) throw new Error(provided.lack);
const network = await openNetwork(provided.root);
const box = await network.join('doomed');
await network.delay(7001, {address: box.address, tcpPort: 22, delayMs: 1});
const [, words] = network.inside('true');
process.stdout.write(`${JSON.stringify({leader: box.leader, namespace: words[0]})}\n`);
setInterval(() => {}, 1000);
