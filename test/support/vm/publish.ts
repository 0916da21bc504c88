/**
 * `publish.ts TCP-PORT COUNT`: publishes to a stream of its own, and prints the sequence of each
 * message that the server has acknowledged. With COUNT 0 it prints how many the stream holds. It
 * speaks the NATS protocol itself: in the guest there is nothing but Node.
 */
import {connect} from 'node:net';

const [tcpPort = 0, count = 0] = process.argv.slice(2).map(Number);
const WINDOW = 50;
const BODY = 'x'.repeat(400);
const socket = connect(tcpPort, '127.0.0.1');
let rest = '';
let sent = 0;
let acknowledged = 0;

const publish = (subject: string, body: string): void =>
  void socket.write(`PUB ${subject} _INBOX.1 ${Buffer.byteLength(body)}\r\n${body}\r\n`);

const publishNext = (): void => {
  if (sent < count) {
    sent += 1;
    publish('t', BODY);
  }
};

interface Answer {
  readonly error?: unknown;
  readonly seq?: number;
  readonly state?: {readonly messages: number};
}

function answer({error, seq, state}: Answer): void {
  if (error !== undefined) throw new Error(JSON.stringify(error));
  if (seq !== undefined) {
    process.stdout.write(`${seq}\n`);
    acknowledged += 1;
    if (acknowledged === count) process.exit(0);
    publishNext();
  } else if (count === 0) {
    process.stdout.write(`${state?.messages}\n`);
    process.exit(0);
  } else {
    for (let window = 0; window < WINDOW; window += 1) publishNext();
  }
}

socket.setEncoding('latin1').on('data', (text) => {
  rest += text;
  for (;;) {
    const [, line = '', size] = /^([^\r\n]*?(?: (\d+))?)\r\n/.exec(rest) ?? [];
    if (line === '') return;
    const begin = line.length + 2;
    const end = line.startsWith('MSG') ? begin + Number(size) + 2 : begin;
    if (rest.length < end) return;
    const body = rest.slice(begin, end - 2);
    rest = rest.slice(end);
    if (line.startsWith('MSG')) answer(JSON.parse(body));
    if (line === 'PING') socket.write('PONG\r\n');
  }
});
socket.write('CONNECT {"verbose":false}\r\nSUB _INBOX.1 1\r\n');
const stream = JSON.stringify({name: 'T', subjects: ['t'], storage: 'file', retention: 'limits'});
publish(
  count === 0 ? '$JS.API.STREAM.INFO.T' : '$JS.API.STREAM.CREATE.T',
  count === 0 ? '' : stream,
);
