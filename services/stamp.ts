import type {Clock} from '#contracts/clock.ts';
import type {IdSource} from '#contracts/ids.ts';
import {EVENT_SCHEMAS, type Fact} from '#domain/catalogue.ts';
import {type CimEvent, dataSchemaOf, type Provenance} from '#domain/envelope.ts';
import {CimError} from '#domain/errors.ts';

/** What the envelope of a decision's events says beside the facts. Ids are made where left out. */
export interface Cause extends Partial<Provenance> {
  /** When the facts were seen, ISO; now when left out. */
  readonly time?: string;
}

/** Whose events they are, and where times and ids come from. */
export interface Stamp {
  readonly leafId: string;
  readonly bootId: string | null;
  readonly clock: Clock;
  readonly ids: IdSource;
}

/** Facts as events that can be stored. @throws CimError `store-failed` on one its schema refuses */
export function stamp(
  facts: readonly Fact[],
  cause: Cause,
  {leafId, bootId, clock, ids}: Stamp,
): readonly CimEvent[] {
  const {time = clock.iso(), ...provenance} = cause;
  return facts.map((fact) => {
    demandFit(fact);
    const id = ids.messageId();
    return {
      ...fact,
      specversion: '1.0',
      id,
      source: `/cim/${leafId}`,
      time,
      datacontenttype: 'application/json',
      dataschema: dataSchemaOf(fact.type),
      correlationid: provenance.correlationid ?? id,
      causationid: provenance.causationid ?? provenance.correlationid ?? id,
      ...provenance,
      ...(bootId === null ? {} : {bootid: bootId}),
      clock: clock.state(),
    };
  });
}

/** What is stored can never be taken back: a fact that its own schema refuses is our mistake. */
function demandFit({type, subject, data}: Fact): void {
  const read = EVENT_SCHEMAS[type].safeParse(data);
  if (!read.success) {
    throw new CimError('store-failed', `store ${type} on ${subject}`, {cause: read.error});
  }
}
