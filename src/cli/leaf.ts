import {z} from 'zod';

import {tokenFromId} from '#domain/ids.ts';

import {DIFF_OPTION, printDifference} from './difference.ts';
import {AT_OPTION, readView} from './moment.ts';
import {readRows} from './rows.ts';
import {ageWord} from './table.ts';
import {EXIT, type Verb, withLeaf} from './verb.ts';

/** What the texts need of a row; the rest is passed on as it came. */
export const LeafRowText = z.looseObject({
  leafId: z.string().nullable(),
  storeId: z.string().nullable(),
  label: z.string().nullable(),
  startedAt: z.string().nullable(),
});

export const StatusRowText = z.looseObject({
  leaf: z.string().nullable(),
  label: z.string().nullable(),
  startedAt: z.string().nullable(),
  attention: z.array(
    z.looseObject({
      level: z.string(),
      code: z.string(),
      message: z.string(),
      since: z.string().nullable(),
    }),
  ),
  ports: z.looseObject({present: z.number(), absent: z.number(), disabled: z.number()}),
  roles: z.number(),
  events: z.number(),
  limit: z.string().nullable().optional(),
});

const show: Verb = {
  path: ['leaf', 'show'],
  summary: 'the leaf itself',
  words: [],
  options: [AT_OPTION],
  run: (invocation) =>
    withLeaf(invocation, async (leaf) => {
      const {world, globals} = invocation;
      const {url} = leaf;
      const {rows} = await readView(invocation, leaf, ['leaf', 'show']);
      const [row] = readRows(LeafRowText, rows);
      if (globals.json) {
        world.out(JSON.stringify({...row, url}));
        return EXIT.done;
      }
      world.out(`leaf     ${row?.label ?? '(no label)'} (${row?.leafId ?? '?'})`);
      world.out(`store    ${row?.storeId ?? '?'}`);
      world.out(`started  ${row?.startedAt ?? '?'}`);
      world.out(`server   ${url}`);
      return EXIT.done;
    }),
};

const status: Verb = {
  path: ['status'],
  summary: 'what needs somebody, and how things stand',
  words: [],
  options: [AT_OPTION, DIFF_OPTION],
  run: (invocation) =>
    withLeaf(invocation, async (leaf) => {
      const {world, globals, args} = invocation;
      const {at, diff} = args.options;
      if (typeof diff === 'string') {
        return printDifference(invocation, leaf, diff, typeof at === 'string' ? at : undefined);
      }
      const {rows, nowMs} = await readView(invocation, leaf, ['status', 'show']);
      const [row] = readRows(StatusRowText, rows);
      if (globals.json || row === undefined) {
        world.out(JSON.stringify(row ?? {}));
        return EXIT.done;
      }
      for (const line of statusLines(row, nowMs)) {
        world.out(line);
      }
      return EXIT.done;
    }),
};

const connect: Verb = {
  path: ['connect'],
  summary: 'how other programs reach this leaf',
  words: [],
  options: [],
  run: (invocation) =>
    withLeaf(invocation, async ({client, url, credsPath}) => {
      const {world, globals} = invocation;
      const {leafId, actor} = client;
      if (globals.json) {
        world.out(JSON.stringify({leaf: leafId, url, creds: credsPath, actor, domain: leafId}));
        return EXIT.done;
      }
      for (const line of connectLines({leafId, actor, url, credsPath})) {
        world.out(line);
      }
      return EXIT.done;
    }),
};

/** The leaf, its status, and how to reach it. */
export const LEAF_VERBS: readonly Verb[] = [show, status, connect];

function statusLines(row: z.infer<typeof StatusRowText>, nowMs: number): readonly string[] {
  const attention = row.attention.map(({level, message, since}) => {
    const sign = {fault: '!!', warning: ' !'}[level] ?? ' i';
    return `${sign} ${message}${since === null ? '' : ` (${ageWord(since, nowMs)})`}`;
  });
  return [
    `${row.label ?? '(no label)'} (${row.leaf ?? '?'})`,
    ...(attention.length === 0 ? ['Nothing needs you'] : attention),
    ...(row.limit === null || row.limit === undefined ? [] : [`LIMITED: ${row.limit}`]),
    `ports   ${row.ports.present} present, ${row.ports.absent} absent, ${row.ports.disabled} disabled`,
    `roles   ${row.roles}`,
    `events  ${row.events} stored`,
  ];
}

function connectLines(to: {
  readonly leafId: string;
  readonly actor: string;
  readonly url: string;
  readonly credsPath: string | null;
}): readonly string[] {
  const {leafId, actor, url, credsPath} = to;
  const token = tokenFromId(actor);
  const creds = credsPath === null ? '' : ` --creds ${credsPath}`;
  const inbox = ` --inbox-prefix _INBOX.${token}`;
  return [
    `server       ${url}`,
    `credentials  ${credsPath ?? '(none)'}`,
    `domain       ${leafId} (JetStream)`,
    '',
    `nats sub -s ${url}${creds}${inbox} 'cim.${leafId}.live.>'`,
    `nats req -s ${url}${creds}${inbox} cim.${leafId}.queries.port.list '{}'`,
    `nats req -s ${url}${creds}${inbox} cim.${leafId}.commands.${token}.port.label '{"target":"PORT","data":{"label":"NAME"}}'`,
    '',
    "import {readFileSync} from 'node:fs';",
    "import {connect, credsAuthenticator} from '@nats-io/transport-node';",
    `const authenticator = ${credsPath === null ? 'undefined' : `credsAuthenticator(readFileSync('${credsPath}'))`};`,
    `const nc = await connect({servers: '${url}', authenticator, inboxPrefix: '_INBOX.${token}'});`,
    `console.log((await nc.request('cim.${leafId}.queries.port.list', '{}')).json());`,
    'await nc.close();',
  ];
}
