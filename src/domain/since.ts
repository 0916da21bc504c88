/** Fields of an aggregate's state that `since` counts from: the newest event that set one of them. */
export const SINCE_FIELDS = {
  port: ['state', 'deviceId', 'link'],
  device: ['state', 'portId'],
  role: ['target'],
  job: ['state'],
  leaf: [],
} as const satisfies Record<string, readonly string[]>;

/** True when `since` begins anew with a change of this field. */
export const movesSince = (aggregate: keyof typeof SINCE_FIELDS, field: string): boolean => {
  const moving: readonly string[] = SINCE_FIELDS[aggregate];
  return moving.includes(field);
};
