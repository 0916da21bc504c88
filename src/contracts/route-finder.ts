/** Finds the way to somebody. */
export interface RouteFinder {
  /** Interface through which an address is reached; null: through none, or it cannot be told. */
  interfaceTo(address: string, signal: AbortSignal): Promise<string | null>;
}
