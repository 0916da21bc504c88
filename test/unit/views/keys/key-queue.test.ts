import {expect, test} from 'vitest';

import type {KeyEvent} from '#views/keys/key-event.ts';
import {createKeyQueue} from '#views/keys/key-queue.ts';

const keys = (text: string): readonly KeyEvent[] =>
  [...text].map((name) => ({kind: 'key', name, text: name}));

/** A console whose list is open between `a` and `q`, and that says what it did. */
function setUp() {
  const done: string[] = [];
  const drawings: PromiseWithResolvers<void>[] = [];
  let isOpen = false;
  const take = createKeyQueue({
    route(event) {
      const name = event.kind === 'key' ? event.name : '';
      isOpen = name === 'a' || (isOpen && name !== 'q');
      done.push(name);
    },
    batch(changes) {
      changes();
      done.push('|');
    },
    isHandedOn: () => isOpen,
    drawn() {
      const drawing = Promise.withResolvers<void>();
      drawings.push(drawing);
      return drawing.promise;
    },
  });
  const draw = async (isWell = true): Promise<void> => {
    const drawing = drawings.shift();
    isWell ? drawing?.resolve() : drawing?.reject(new Error('the screen has gone'));
    await new Promise(setImmediate);
  };
  return {take, done: () => done.join(''), draw};
}

test('the keys of one read are drawn together', () => {
  const {take, done} = setUp();
  take(keys('jjk'));
  expect(done()).toBe('jjk|');
});

test('while a list of Ink is open each key waits for the drawing of the one before', async () => {
  const {take, done, draw} = setUp();
  take(keys('jajq'));
  take(keys('x'));
  expect(done()).toBe('ja|');
  await draw();
  expect(done()).toBe('ja|j|');
  await draw();
  // Closed, it has to be seen to go.
  expect(done()).toBe('ja|j|q|');
  await draw(false);
  expect(done()).toBe('ja|j|q|x|');
});
