import type {Log} from '#contracts/log.ts';
import {ERROR_TEXTS} from '#domain/errors.ts';
import {createContainerManager} from '#drivers/machined/container-manager.ts';

/** What doctor sees of containers. It looks itself: the leaf may not run, or may run elsewhere. */
export async function findContainers(log: Log, signal: AbortSignal) {
  const manager = createContainerManager({log});
  const {limit} = await manager.start(() => undefined, signal);
  try {
    if (limit === null) {
      return {count: (await manager.list(signal)).length};
    }
    const {sentence, remedy} = ERROR_TEXTS[limit.refused];
    return {detail: `${sentence}: ${limit.detail}`, remedy};
  } finally {
    await manager.stop();
  }
}
