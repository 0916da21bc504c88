/** What credentials of a role may publish and hear: patterns of subjects. */
export interface RolePermissions {
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
}

/** The server fills in the name that the credentials were made for: a fact, not a claim. */
const NAME = '{{name()}}';

/** WIRE.md, Subjects: commands under the own name, queries, and reading the event stream. */
export function consolePermissions(leafId: string): RolePermissions {
  const stream = `CIM_EVENTS_${leafId}`;
  return {
    publish: [
      `cim.${leafId}.commands.${NAME}.>`,
      `cim.${leafId}.queries.>`,
      '$SRV.>',
      `$JS.API.STREAM.INFO.${stream}`,
      `$JS.API.CONSUMER.CREATE.${stream}.>`,
      `$JS.API.CONSUMER.INFO.${stream}.*`,
      `$JS.API.CONSUMER.MSG.NEXT.${stream}.*`,
      `$JS.API.DIRECT.GET.${stream}`,
      `$JS.API.DIRECT.GET.${stream}.>`,
    ],
    subscribe: [`_INBOX.${NAME}.>`, `cim.${leafId}.live.>`],
  };
}

/** The agent writes the events and answers for the leaf: all of its account. */
export const agentPermissions = (): RolePermissions => ({publish: ['>'], subscribe: ['>']});
