import {z} from 'zod';

/** One line of `--log-format internal-json`. */
const LogLine = z.discriminatedUnion('action', [
  z.object({
    action: z.literal('start'),
    id: z.number(),
    type: z.number(),
    text: z.string(),
    parent: z.number(),
    level: z.number(),
    fields: z.array(z.union([z.string(), z.number()])).optional(),
  }),
  z.object({action: z.literal('stop'), id: z.number()}),
  z.object({
    action: z.literal('result'),
    id: z.number(),
    type: z.number(),
    fields: z.array(z.union([z.string(), z.number()])),
  }),
  z.object({action: z.literal('msg'), level: z.number(), msg: z.string()}),
]);
type LogLine = z.infer<typeof LogLine>;

const ACTIVITY_BUILDS = 104;
const RESULT_LOG_LINE = 101;
const RESULT_PROGRESS = 105;

/** Every line that Nix wrote for programs. @throws a ZodError for one that it did not use to write */
export function parseLog(stderr: string): readonly LogLine[] {
  const lines = stderr.split('\n').filter((line) => line.startsWith('@nix '));
  return lines.map((line) => LogLine.parse(JSON.parse(line.slice('@nix '.length))));
}

/** Builds done and expected, each time one of them changed. */
export function buildProgress(log: readonly LogLine[]): readonly (readonly [number, number])[] {
  const builds = new Set(
    log.flatMap((line) =>
      line.action === 'start' && line.type === ACTIVITY_BUILDS ? line.id : [],
    ),
  );
  const steps = log.flatMap((line) =>
    line.action === 'result' && line.type === RESULT_PROGRESS && builds.has(line.id)
      ? [[Number(line.fields[0]), Number(line.fields[1])] as const]
      : [],
  );
  return steps.filter(([done, expected], index) => {
    const before = steps[index - 1];
    return before?.[0] !== done || before[1] !== expected;
  });
}

/** What builders printed. */
export const builderLines = (log: readonly LogLine[]): readonly string[] =>
  log.flatMap((line) =>
    line.action === 'result' && line.type === RESULT_LOG_LINE ? [String(line.fields[0])] : [],
  );

/** What went wrong, without the colours that Nix writes whatever it is told. */
export const errorsIn = (log: readonly LogLine[]): readonly string[] =>
  log.flatMap((line) =>
    line.action === 'msg' && line.level === 0 ? [withoutColours(line.msg)] : [],
  );

/** Text without the escapes for colours. */
export const withoutColours = (text: string): string =>
  text.replace(new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, 'g'), '');
