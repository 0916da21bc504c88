/** What credentials of a role may publish and hear: patterns of subjects. */
export interface RolePermissions {
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
}

/** What the people's account may ask of the leaf's, and hear from it. */
export interface SharedSubjects {
  /** Asked and answered once. */
  readonly requests: readonly string[];
  /** Asked once, answered by many messages. */
  readonly streamed: readonly string[];
  readonly heard: readonly string[];
}

/** The server fills in the name that the credentials were made for: a fact, not a claim. */
const NAME = '{{name()}}';

/** Everything that crosses from the people to the leaf. */
export function sharedSubjects(leafId: string): SharedSubjects {
  return {
    requests: [`cim.${leafId}.commands.>`, `cim.${leafId}.queries.>`],
    streamed: [...readSubjects(leafId), ...consumerSubjects(leafId, '*')],
    heard: [`cim.${leafId}.live.>`],
  };
}

/**
 * WIRE.md, Subjects: commands under the own name, queries, reading the event stream, and the
 * consumer that bears the own name.
 */
export function consolePermissions(leafId: string): RolePermissions {
  return {
    publish: [
      `cim.${leafId}.commands.${NAME}.>`,
      `cim.${leafId}.queries.>`,
      ...readSubjects(leafId),
      ...consumerSubjects(leafId, NAME),
    ],
    subscribe: [`_INBOX.${NAME}.>`, ...sharedSubjects(leafId).heard],
  };
}

const readSubjects = (leafId: string): readonly string[] => [
  '$SRV.>',
  `$JS.API.DIRECT.GET.CIM_EVENTS_${leafId}`,
  // The newest value of a key, and nothing else of that bucket.
  `$JS.API.DIRECT.GET.KV_cim_state_${leafId}.>`,
];

/** What uses a durable consumer of the event stream; only the leaf's owner can make one. */
const consumerSubjects = (leafId: string, name: string): readonly string[] => [
  `$JS.API.CONSUMER.MSG.NEXT.CIM_EVENTS_${leafId}.${name}`,
  `$JS.ACK.CIM_EVENTS_${leafId}.${name}.>`,
];

/** The agent writes the events and answers for the leaf: all of its account. */
export const agentPermissions = (): RolePermissions => ({publish: ['>'], subscribe: ['>']});
