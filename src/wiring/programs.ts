import {access, constants} from 'node:fs/promises';
import {join} from 'node:path';

import type {AdmittedProgram, ProgramRequest, ProgramState, Programs} from '#cli/verb.ts';
import type {LeafAddress} from '#contracts/leaf-locator.ts';
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

/** Before the name of each program: none can pass for a person. */
const PREFIX = 'program-';

/** Programs of a leaf on this machine, for who owns its home. */
export function createPrograms(
  settings: Settings,
  address: LeafAddress,
  signal: AbortSignal,
): Programs {
  const asOwner = ownerOf(settings, address, signal);
  return {
    admit: (request) => asOwner((owned) => admit(owned, request)),
    list: () =>
      asOwner(async ({link, leafId}) => {
        const positions = await listProgramConsumers(link, leafId, signal);
        return positions.filter(({name}) => name.startsWith(PREFIX)).map(stateOf);
      }),
  };
}

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
const ownerOf =
  ({places, timeoutMs}: Settings, {leafId, url}: LeafAddress, signal: AbortSignal) =>
  async <T>(use: (owned: Owned) => Promise<T>): Promise<T> => {
    const {home} = places;
    const credsPath = agentCredsPath(home);
    await access(credsPath, constants.R_OK).catch((cause) => {
      throw new CimError('permission-denied', `read ${credsPath}`, {cause});
    });
    const link = await connectNats({url, credsPath, name: 'cim-tui auth', timeoutMs, signal});
    try {
      return await use({link, leafId, home, signal});
    } finally {
      await link.connection.close();
    }
  };

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
