/** A process whose child is a nats-server: prints the child's pid and waits to be killed. */
import {createEmbeddedServer} from '#drivers/nats-server/embedded-server.ts';
import {testPorts} from '#test/support/nats.ts';
import {silentLog} from '#test/support/silent-log.ts';

const [, , home = '', leafId = ''] = process.argv;
const server = createEmbeddedServer({
  home,
  leafId,
  log: silentLog,
  env: process.env,
  tcpPorts: testPorts(),
});
await server.start(() => undefined, AbortSignal.timeout(20_000));
process.stdout.write(`${server.pid()}\n`);
setInterval(() => undefined, 60_000);
