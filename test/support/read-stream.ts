import {readFile} from 'node:fs/promises';

import {jetstream} from '@nats-io/jetstream';
import {connect, credsAuthenticator} from '@nats-io/transport-node';

/**
 * A program of its own, so that it can run inside a network namespace: reads a stream as a client
 * that knows nothing of us, and prints each message as a line of JSON.
 * Arguments: URL, credentials, stream.
 */
const [url = '', creds = '', stream = ''] = process.argv.slice(2);
const connection = await connect({
  servers: url,
  authenticator: credsAuthenticator(await readFile(creds)),
});
const {num_pending: count} = await (await jetstream(connection).consumers.get(stream)).info(true);
const consumer = await jetstream(connection).consumers.get(stream);
const messages = await consumer.fetch({max_messages: count, expires: 5000});
for await (const {subject, headers, data} of messages) {
  const head = Object.fromEntries(headers?.keys().map((key) => [key, headers.get(key)]) ?? []);
  console.log(JSON.stringify({subject, head, body: Buffer.from(data).toString('base64')}));
}
await connection.close();
