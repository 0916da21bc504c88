/** A value that nobody changes: what the agent shows of its state is made once. */
export type ReadOnly<T> = T extends string | number | boolean | null | undefined
  ? T
  : {readonly [K in keyof T]: ReadOnly<T[K]>};
