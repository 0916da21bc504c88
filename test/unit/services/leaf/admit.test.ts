import {expect, it} from 'vitest';

import {createMemoryClock} from '#drivers/memory/clock.ts';
import {startAdmitting} from '#services/leaf/admit.ts';
import {silentLog} from '#test/support/silent-log.ts';

it('looks again a minute after the accounts could not be read', async () => {
  const clock = createMemoryClock();
  const issued: string[] = [];
  let looks = 0;
  const admitting = await startAdmitting({
    accounts: {
      permitted() {
        looks += 1;
        if (looks === 2) {
          throw new TypeError('being written');
        }
        return [{name: 'anna', uid: 1000, gid: 1000}];
      },
    },
    issuer: {issueConsole: async (name) => void issued.push(name)},
    clock,
    log: silentLog,
    pathOf: (name) => name,
  });
  await clock.turn(60_000);
  await clock.turn(60_000);
  expect(issued).toEqual(['anna', 'anna']);
  admitting.stop();
});
