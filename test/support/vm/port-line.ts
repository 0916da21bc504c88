import {z} from 'zod';

/** What the tests of the VM read of a row of `port watch --json` and `port list --json`. */
export const PortLine = z.object({
  id: z.string(),
  name: z.string().optional(),
  label: z.string().nullable().optional(),
  class: z.string().optional(),
  kind: z.string().optional(),
  parent: z.string().nullable().optional(),
  position: z.string().optional(),
  state: z.string(),
  link: z.string().nullable().optional(),
  device: z
    .object({
      id: z.string(),
      name: z.string(),
      vendor: z.string().nullable(),
      model: z.string().nullable(),
      serial: z.string().nullable(),
      identity: z.string(),
      ambiguous: z.boolean(),
      ids: z.string().nullable(),
      driver: z.string().nullable(),
      functions: z.array(z.object({id: z.string(), class: z.string(), nodes: z.array(z.string())})),
      nodes: z.array(z.string()),
    })
    .nullable()
    .optional(),
});
export type PortLine = z.infer<typeof PortLine>;

/** The port that a line tells of. */
export const parsePort = (line: string): PortLine => PortLine.parse(JSON.parse(line));

/** Classes of a port's functions, sorted. */
export const classesOf = ({device}: PortLine): readonly string[] =>
  (device?.functions ?? []).map((item) => item.class).sort();
