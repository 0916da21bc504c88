/**
 * A TCP line on which every byte comes late, each way, as over a satellite:
 * `late-line.ts '{"listen":{"address":…,"tcpPort":…},"target":{"address":…,"tcpPort":…,"delayMs":…}}'`.
 * Prints one line when it listens.
 */
import {connect, createServer, type Socket} from 'node:net';
import {z} from 'zod';

const Place = z.object({address: z.string(), tcpPort: z.number()});
const Line = z.object({listen: Place, target: Place.extend({delayMs: z.number()})});

const {listen, target} = Line.parse(JSON.parse(process.argv[2] ?? ''));

function passLate(from: Socket, to: Socket): void {
  const late = (act: () => void) => setTimeout(act, target.delayMs);
  from.on('data', (bytes) => late(() => to.write(bytes)));
  from.on('end', () => late(() => to.end()));
  // One end was cut: so is the other, and the end is told by its own close.
  from.on('error', () => late(() => to.destroy()));
}

const server = createServer({allowHalfOpen: true}, (near) => {
  const far = connect({host: target.address, port: target.tcpPort, allowHalfOpen: true});
  passLate(near, far);
  passLate(far, near);
});
server.listen(listen.tcpPort, listen.address, () => process.stdout.write('listening\n'));
