import {z} from 'zod';

import {demandMoment} from '#cli/moment.ts';
import type {LeafClient} from '#client/leaf-client.ts';
import {CimError} from '#domain/errors.ts';
import {isInventory} from '#projections/inventory.ts';
import type {ReadStore} from '#store/read-store.ts';

const SnapshotContent = z.looseObject({inventory: z.unknown()});

/**
 * Shows the leaf as of a moment, which the agent tells; now was never away.
 * @throws CimError `bad-moment`, `newer-event`, and as `LeafClient.query`
 */
export async function goTo(
  moment: string | null,
  client: Pick<LeafClient, 'snapshot'>,
  readStore: Pick<ReadStore, 'showPast'>,
): Promise<void> {
  const text = moment?.trim() ?? '';
  if (text === '' || text === 'now') {
    readStore.showPast(null);
    return;
  }
  const {content, version} = await client.snapshot(demandMoment(text, Date.now()));
  const {inventory} = SnapshotContent.parse(content);
  if (!isInventory(inventory, version)) {
    throw new CimError('newer-event', 'the leaf runs another version: its past cannot be read');
  }
  readStore.showPast(inventory);
}
