import {access, constants} from 'node:fs/promises';
import {join} from 'node:path';

import type {AdmittedProgram, ProgramRequest, ProgramState, Programs} from '#cli/verb.ts';
import {CimError} from '#domain/errors.ts';
import {connectNats} from '#drivers/nats/connect.ts';
import {eventStreamName} from '#drivers/nats/event-stream.ts';
import type {NatsLink} from '#drivers/nats/link.ts';
import {
  ensureProgramConsumer,
  listProgramConsumers,
  type ProgramPosition,
} from '#drivers/nats/program-consumer.ts';
import {agentCredsPath, createCredentialIssuer} from '#drivers/nats-server/credentials.ts';
import type {Settings} from './config.ts';
import {findLeaf} from './find-leaf.ts';

/** Before the name of each program: none can pass for a person. */
const PREFIX = 'program-';

/** Programs of this leaf, for who owns its home. */
export const createPrograms = (settings: Settings, signal: AbortSignal): Programs => ({
  admit: (request) => asOwner(settings, signal, (reached) => admit(reached, request)),
  list: () =>
    asOwner(settings, signal, async ({link, leafId}) => {
      const positions = await listProgramConsumers(link, leafId, signal);
      return positions.filter(({name}) => name.startsWith(PREFIX)).map(stateOf);
    }),
});

interface Owned {
  readonly link: NatsLink;
  readonly leafId: string;
  readonly home: string;
  readonly signal: AbortSignal;
}

async function admit(
  {link, leafId, home, signal}: Owned,
  {name, only, from}: ProgramRequest,
): Promise<AdmittedProgram> {
  const actor = `${PREFIX}${name}`;
  const wanted = {leafId, name: actor, aggregates: only, from};
  const position = await ensureProgramConsumer(link, wanted, signal);
  const creds = join(home, 'programs', `${name}.creds`);
  await createCredentialIssuer({home}).issueConsole(actor, creds, null);
  return {
    ...stateOf(position),
    actor,
    creds,
    stream: eventStreamName(leafId),
    consumer: actor,
  };
}

/** Consumers are made with the agent's own credentials: whoever may read them owns the leaf. */
async function asOwner<T>(
  settings: Settings,
  signal: AbortSignal,
  use: (owned: Owned) => Promise<T>,
): Promise<T> {
  const credsPath = agentCredsPath(settings.places.home);
  await access(credsPath, constants.R_OK).catch((cause) => {
    throw new CimError('permission-denied', `read ${credsPath}`, {cause});
  });
  const {leafId, url} = await findLeaf(settings);
  const {timeoutMs, places} = settings;
  const link = await connectNats({url, credsPath, name: 'cim-tui auth', timeoutMs, signal});
  try {
    return await use({link, leafId, home: places.home, signal});
  } finally {
    await link.connection.close();
  }
}

function stateOf(position: ProgramPosition): ProgramState {
  const {filter_subject: one, filter_subjects: several = []} = position.config;
  const filters = one === undefined ? several : [one];
  const nouns = filters.map((subject) => subject.split('.')[3] ?? '');
  return {
    name: position.name.slice(PREFIX.length),
    only: nouns.filter((noun) => noun !== '>'),
    acknowledged: position.ack_floor.stream_seq,
    unacknowledged: position.num_ack_pending,
    pending: position.num_pending,
  };
}
