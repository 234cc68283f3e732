import { difference, type ServingMeter, type ServingTotals } from "../serving-meter.ts";
import type { ScalingSignal } from "./autoscaler-settings.ts";

/** What was last published of a workload's metrics. */
export interface PublishedMetrics {
  /** Share of their capacity that the ready replicas used, from 0 to 1; undefined before any was ready. */
  readonly usage: number | undefined;
  /** Replicas that were ready throughout: a sample that began before its pod was ready does not count. */
  readonly measured: number;
  /** Units that arrived a second. */
  readonly demand: number;
  readonly waiting: number;
}

/** Averages what happened between two publications, as a metrics pipeline does. */
export class MetricPublisher {
  private readonly meter: ServingMeter;
  private readonly perReplica: number;
  private before: ServingTotals;
  private beforeSeconds: number;
  private readyBefore = 0;
  private published: PublishedMetrics = { usage: undefined, measured: 0, demand: 0, waiting: 0 };

  constructor(meter: ServingMeter, perReplica: number, nowSeconds: number) {
    this.meter = meter;
    this.perReplica = perReplica;
    this.before = meter.totals;
    this.beforeSeconds = nowSeconds;
  }

  get latest(): PublishedMetrics {
    return this.published;
  }

  publish(nowSeconds: number, ready: number): void {
    const since = difference(this.meter.totals, this.before);
    const seconds = nowSeconds - this.beforeSeconds;
    this.before = this.meter.totals;
    this.beforeSeconds = nowSeconds;
    const capacity = since.readySeconds * this.perReplica;
    this.published = {
      usage: capacity > 0 ? since.served / capacity : undefined,
      measured: Math.min(this.readyBefore, ready),
      demand: seconds > 0 ? since.demand / seconds : this.published.demand,
      waiting: this.meter.waiting,
    };
    this.readyBefore = ready;
  }
}

/** The value of a signal that is measured as a whole. */
export function signalTotal({ signal }: Extract<ScalingSignal, { kind: string }>, metrics: PublishedMetrics): number {
  return signal === "demand" ? metrics.demand : metrics.waiting;
}
