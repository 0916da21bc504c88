import {z} from 'zod';

import {Direction} from '#domain/port/events.ts';

const Globs = z.record(z.string(), z.string()).describe('name → pattern, * stands for anything');

const Condition = z.object({
  subsystem: z.string().optional(),
  devtype: z.string().optional(),
  name: z.string().optional().describe('pattern of the last part of the devpath'),
  properties: Globs.optional(),
  attributes: Globs.optional(),
});

/** Which kernel devices belong to a class. */
export const ClassMatch = Condition.extend({
  subsystem: z.string(),
  parent: Condition.optional().describe('some kernel device above it'),
  not: Condition.optional(),
});
export type ClassMatch = z.infer<typeof ClassMatch>;
export type Condition = z.infer<typeof Condition>;

/** A node that the class hands to who uses it. The first rule that fits a node names it. */
export const NodeRule = z.object({
  match: Condition,
  as: z.string().describe('inner name, e.g. "tty"'),
  access: z.enum(['r', 'w', 'rw']),
});
export type NodeRule = z.infer<typeof NodeRule>;

/** A device class as its folder's class.json has it: MODEL.md, class.json. */
export const DeviceClass = z.object({
  $schema: z.string().optional(),
  name: z.string().regex(/^[a-z][a-z0-9-]*$/),
  priority: z.number().int().min(0).max(100).describe('the highest takes what several match'),
  match: z.array(ClassMatch).min(1).describe('any of them'),
  group: z
    .enum(['interface', 'association', 'device', 'kernel-device'])
    .describe('what becomes one function'),
  direction: Direction,
  nodes: z.array(NodeRule),
  netdev: z.literal('move').optional().describe('the network interface moves to who uses it'),
  exclusive: z.boolean(),
  grab: z.boolean().optional().describe('taken from the console while it is used'),
  tracks: z.array(z.enum(['link', 'speed', 'media'])).describe('what is stored when it changes'),
  hostClaims: z.object({udevEnv: z.record(z.string(), z.string())}),
  plugged: z.string().describe('words of the banner, e.g. "serial adapter"'),
});
export type DeviceClass = z.infer<typeof DeviceClass>;

/** The schema of class.json for readers that are not TypeScript: Nix, editors. */
export const deviceClassJsonSchema = (): object => z.toJSONSchema(DeviceClass);
