import {z} from 'zod';

import {Direction} from '#domain/port/events.ts';

const Globs = z.record(z.string(), z.string()).describe('name → pattern, * stands for anything');

const Condition = z.object({
  subsystem: z.string().optional(),
  devtype: z.string().optional(),
  driver: z.string().optional().describe('pattern of the kernel driver'),
  name: z.string().optional().describe('pattern of the last part of the devpath'),
  properties: Globs.optional(),
  attributes: Globs.optional(),
});

/** Which kernel devices belong to a class. */
export const ClassMatch = Condition.extend({
  subsystem: z.string(),
  parent: Condition.optional().describe('some kernel device above it'),
  not: Condition.optional(),
  notBelow: Condition.optional().describe('no kernel device above it'),
  alone: z
    .boolean()
    .optional()
    .describe('only where the unit has nothing better: the sensor of a disk is part of the disk'),
});
export type ClassMatch = z.infer<typeof ClassMatch>;
export type Condition = z.infer<typeof Condition>;

/** A node that the class hands to who uses it. The first rule that fits a node names it. */
export const NodeRule = z.object({
  match: Condition,
  as: z.string().describe('inner name, e.g. "tty"'),
  access: z.enum(['r', 'w', 'rw']),
  ofUnit: z
    .boolean()
    .optional()
    .describe("the unit's own node, for what programs drive without a kernel driver"),
});
export type NodeRule = z.infer<typeof NodeRule>;

/** Sockets of a class that the kernel lists whether or not something is in them. */
export const SocketRule = z.object({
  match: Condition,
  fixed: z.array(Condition).optional().describe('nothing can be plugged there'),
  present: Condition.describe('something is in it'),
});
export type SocketRule = z.infer<typeof SocketRule>;

/** A device class as its folder's class.json has it: MODEL.md, class.json. */
export const DeviceClass = z.object({
  $schema: z.string().optional(),
  name: z.string().regex(/^[a-z][a-z0-9-]*$/),
  priority: z.number().int().min(0).max(100).describe('the highest takes what several match'),
  match: z.array(ClassMatch).min(1).describe('any of them'),
  group: z
    .enum(['interface', 'association', 'device', 'kernel-device'])
    .describe('what becomes one function'),
  takes: z
    .array(Condition)
    .min(1)
    .optional()
    .describe('only these of the group are part of the function; all else is left to others'),
  direction: Direction,
  oneWay: z
    .object({in: Condition, out: Condition})
    .optional()
    .describe('parts that make it an input, an output; with both it is both'),
  nodes: z.array(NodeRule),
  netdev: z.literal('move').optional().describe('the network interface moves to who uses it'),
  exclusive: z.boolean(),
  alsoFits: z
    .array(z.string())
    .optional()
    .describe('classes that such a thing may say it is of: a role of this class takes them, too'),
  grab: z.boolean().optional().describe('taken from the console while it is used'),
  tracks: z.array(z.enum(['link', 'speed', 'media'])).describe('what is stored when it changes'),
  absent: Condition.optional().describe('how the kernel shows that nothing is in it'),
  sockets: z.array(SocketRule).optional().describe('its sockets that can be empty'),
  hostClaims: z.object({udevEnv: z.record(z.string(), z.string())}),
  words: z
    .array(z.object({match: Condition, words: z.string()}))
    .optional()
    .describe('what people call it: the first whose match fits a part of it, else `plugged`'),
  namedBy: z
    .literal('unit')
    .optional()
    .describe('its ports are called as the unit: its parts are numbered as they come'),
  plugged: z.string().describe('words of the banner, e.g. "serial adapter"'),
});
export type DeviceClass = z.infer<typeof DeviceClass>;

/** The schema of class.json for readers that are not TypeScript: Nix, editors. */
export const deviceClassJsonSchema = (): object => z.toJSONSchema(DeviceClass);
