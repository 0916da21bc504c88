import {createHash} from 'node:crypto';

import fc from 'fast-check';
import {describe, expect, it} from 'vitest';

import {type CheckedMessage, createChainCheck} from '#domain/chain-check.ts';
import {chainOf} from '#test/support/chain.ts';

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const STORE = 's';
const SEED = sha256(Buffer.from(`cim-leaf/1\n${STORE}`));

/** Messages as they were written, and the digest behind the last of them. */
function written(bodies: readonly string[]) {
  const plain = [...bodies, ''].map((body, index) => ({
    subject: `cim.l.events.port.p${index % 3}.labelled`,
    head: index % 4 === 3 ? {} : {'Nats-Msg-Id': `id ${index}`},
    body: Buffer.from(body),
  }));
  const digests = chainOf(STORE, plain);
  const messages = plain.slice(0, -1).map(
    ({subject, head, body}, index): CheckedMessage => ({
      sequence: index + 1,
      previous: digests[index] ?? '',
      subject: Buffer.from(subject),
      messageId: Buffer.from(head['Nats-Msg-Id'] ?? ''),
      body,
    }),
  );
  const head = {sequence: bodies.length, digest: Buffer.from(digests.at(-1) ?? '', 'hex')};
  return {messages, head};
}

type Head = ReturnType<typeof written>['head'];

function wrongIn(messages: readonly CheckedMessage[], head?: Head): number | null {
  const check = createChainCheck(sha256, SEED, head);
  for (const message of messages) {
    check.next(message);
  }
  return check.wrong();
}

const bodies = fc.array(fc.string({maxLength: 6}), {minLength: 1, maxLength: 20});
const place = (pick: number, length: number): number => pick % length;
const other = (text: string): string => (text.startsWith('0') ? '1' : '0') + text.slice(1);

describe('the check of a digest chain', () => {
  it('finds nothing in what was written', () => {
    fc.assert(
      fc.property(bodies, (texts) => {
        const {messages, head} = written(texts);
        expect([wrongIn(messages, head), wrongIn(messages)]).toEqual([null, null]);
      }),
    );
  });

  it('names the one whose body, subject or id was changed, the newest too', () => {
    const part = fc.constantFrom('body', 'subject', 'messageId');
    fc.assert(
      fc.property(bodies, fc.nat(), part, (texts, pick, name) => {
        const {messages, head} = written(texts);
        const at = place(pick, messages.length);
        const changed = messages.map((message, index) =>
          index === at ? {...message, [name]: Buffer.from('other than written')} : message,
        );
        expect(wrongIn(changed, head)).toBe(at + 1);
      }),
    );
  });

  it('names the one whose header alone was changed', () => {
    fc.assert(
      fc.property(bodies, fc.nat(), (texts, pick) => {
        const {messages, head} = written(texts);
        const at = place(pick, messages.length);
        const changed = messages.map((message, index) =>
          index === at ? {...message, previous: other(message.previous)} : message,
        );
        expect(wrongIn(changed, head)).toBe(at + 1);
      }),
    );
  });

  it('names the first that is missing, at the end too', () => {
    fc.assert(
      fc.property(bodies, fc.nat(), (texts, pick) => {
        const {messages, head} = written(texts);
        const at = place(pick, messages.length);
        expect(wrongIn(messages.toSpliced(at, 1), head)).toBe(at + 1);
      }),
    );
  });

  it('names one before or at the first that was changed, whatever else was', () => {
    fc.assert(
      fc.property(bodies, fc.uniqueArray(fc.nat(), {minLength: 1}), (texts, picks) => {
        const {messages, head} = written(texts);
        const places = picks.map((pick) => place(pick, messages.length));
        const changed = messages.map((message, index) =>
          places.includes(index) ? {...message, body: Buffer.from('other than written')} : message,
        );
        expect(wrongIn(changed, head)).toBe(Math.min(...places) + 1);
      }),
    );
  });
});
