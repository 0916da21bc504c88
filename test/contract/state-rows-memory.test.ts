import {createMemoryStateRows} from '#drivers/memory/state-rows.ts';

import {stateRowsSuite} from './state-rows.suite.ts';

stateRowsSuite('memory', async () => {
  const rows = createMemoryStateRows();
  return {create: () => rows, stop: async () => undefined};
});
