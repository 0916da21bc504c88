import {verifyEvents} from '#domain/event/commands.ts';

import {defineJob} from '../job/define.ts';

/** Walks the digest chain over the whole stream. It only reads: after a restart it begins anew. */
export const verifyEventsCase = defineJob(verifyEvents, async ({signal, onProgress}, {store}) => {
  const {events, wrong} = await store.verify({
    signal,
    onProgress: (done, total) => onProgress({done, total}),
  });
  return {events, wrong};
});
