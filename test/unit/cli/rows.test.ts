import {expect, it} from 'vitest';
import type {z} from 'zod';

import {LeafRowText, StatusRowText} from '#cli/leaf.ts';
import {ContainerRowText, DeviceRowText, JobRowText, PortRowText, RoleRowText} from '#cli/rows.ts';
import {UeventLines} from '#cli/uevent.ts';
import {liveExamples} from '#domain/api/live-examples.ts';
import {containerRowExample} from '#domain/container/examples.ts';
import type {ContainerRow} from '#domain/container/row.ts';
import {deviceRowExample} from '#domain/device/examples.ts';
import type {DeviceRow} from '#domain/device/row.ts';
import {jobRowExample} from '#domain/job/examples.ts';
import type {JobRow} from '#domain/job/row.ts';
import {leafRowExample, statusRowExample} from '#domain/leaf/examples.ts';
import type {LeafRow, StatusRow} from '#domain/leaf/row.ts';
import type {UeventBatch} from '#domain/live.ts';
import {portRowExample} from '#domain/port/examples.ts';
import type {PortRow} from '#domain/port/row.ts';
import {roleRowExample} from '#domain/role/examples.ts';
import type {RoleRow} from '#domain/role/row.ts';

/** A schema that reads each message of a schema of the wire: held by the compiler. */
const reads =
  <Wire extends z.ZodType>() =>
  <Text extends z.ZodType>(
    text: z.output<Wire> extends z.input<Text> ? Text : never,
    example: z.input<Wire>,
  ) =>
    [text, example] as const;

it.each([
  ['port', ...reads<typeof PortRow>()(PortRowText, portRowExample)],
  ['device', ...reads<typeof DeviceRow>()(DeviceRowText, deviceRowExample)],
  ['role', ...reads<typeof RoleRow>()(RoleRowText, roleRowExample)],
  ['container', ...reads<typeof ContainerRow>()(ContainerRowText, containerRowExample)],
  ['job', ...reads<typeof JobRow>()(JobRowText, jobRowExample)],
  ['leaf', ...reads<typeof LeafRow>()(LeafRowText, leafRowExample)],
  ['status', ...reads<typeof StatusRow>()(StatusRowText, statusRowExample)],
  ['uevents', ...reads<typeof UeventBatch>()(UeventLines, liveExamples.uevent)],
])('what a text reads of %s is as the wire has it, and loses nothing', (_, text, example) => {
  const newer = {...example, colour: 'a field that only a newer agent knows'};
  expect(text.parse(newer)).toEqual(newer);
});
