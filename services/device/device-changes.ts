import type {Fact} from '#domain/catalogue.ts';
import type {DeviceFunction, Identity} from '#domain/device/events.ts';
import type {Pair} from './match-devices.ts';

/** Facts on a unit that stayed where it is: other words for it, other functions. */
export function changedDevice(
  {known, seen: {description}}: Pair,
  isAmbiguous: (identity: Identity) => boolean,
): Fact[] {
  const {ids, vendor, model, serial, driver, name} = description;
  const now = {ids, vendor, model, serial, driver, name, ambiguous: isAmbiguous(known.identity)};
  const changed = Object.entries(now).filter(([field, value]) => value !== fieldOf(known, field));
  const facts: Fact[] = [];
  if (changed.length > 0) {
    const before = changed.map(([field]) => [field, fieldOf(known, field)]);
    facts.push({
      type: 'cim.device.changed.v1',
      subject: known.id,
      data: {...Object.fromEntries(changed), before: Object.fromEntries(before)},
    });
  }
  if (!isSameFunctions(known.functions, description.functions)) {
    facts.push({
      type: 'cim.device.functions-changed.v1',
      subject: known.id,
      data: {functions: description.functions, before: {functions: known.functions}},
    });
  }
  return facts;
}

const fieldOf = (known: object, field: string): unknown =>
  Object.entries(known).find(([name]) => name === field)?.[1];

/** Both come from the same schema, so their fields stand in the same order. */
const isSameFunctions = (a: readonly DeviceFunction[], b: readonly DeviceFunction[]): boolean =>
  a.length === b.length && a.every((one, index) => isSameFunction(one, b[index]));

function isSameFunction(a: DeviceFunction, b: DeviceFunction | undefined): boolean {
  return (
    a.id === b?.id &&
    a.class === b.class &&
    a.direction === b.direction &&
    a.state === b.state &&
    a.name === b.name &&
    a.interface === b.interface &&
    a.nodes.length === b.nodes.length &&
    a.nodes.every(({path, as}, index) => path === b.nodes[index]?.path && as === b.nodes[index]?.as)
  );
}
