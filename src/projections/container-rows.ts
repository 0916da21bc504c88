import type {ContainerFact, Containers} from '#domain/container/container.ts';
import type {ContainerRow as WireRow} from '#domain/container/row.ts';

/** A container as `container list --json` gives it: CLI.md, Shapes. null: it is not known. */
export type ContainerRow = WireRow;

/** Every container as a row, in order of name. */
export const containerRows = ({list, seenAt}: Containers): readonly ContainerRow[] =>
  list
    .map((fact) => containerRow(fact, seenAt))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));

const containerRow = (fact: ContainerFact, seenAt: string | null): ContainerRow => ({
  name: fact.name,
  template: null,
  kind: null,
  state: fact.state,
  health: null,
  address: fact.addresses[0] ?? null,
  cpu: null,
  memory: null,
  roles: [],
  since: fact.since,
  sequence: null,
  class: fact.class,
  unit: fact.unit,
  leader: fact.leader,
  service: fact.service,
  rootDirectory: fact.rootDirectory,
  network: fact.network,
  addresses: fact.addresses,
  source: 'machined',
  seenAt,
});
