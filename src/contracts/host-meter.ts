import type {HostMetrics} from '#domain/leaf/host-metrics.ts';

/** Measures the machine. */
export interface HostMeter {
  /** @throws CimError `process-failed` */
  read(): Promise<HostMetrics>;
}
