import { SlidingExtremum } from "./sliding-extremum.ts";

/** How much may change within a time, as in `behavior.scaleUp.policies`. */
interface ScalingPolicy {
  readonly type: "Pods" | "Percent";
  readonly value: number;
  readonly periodSeconds: number;
}

/** One direction of `spec.behavior`. */
export interface ScalingRules {
  readonly stabilizationWindowSeconds: number;
  readonly selectPolicy: "Max" | "Min" | "Disabled";
  readonly policies: readonly ScalingPolicy[];
}

export interface ScalingBehavior {
  readonly scaleUp: ScalingRules;
  readonly scaleDown: ScalingRules;
}

/** What the API server fills in where `behavior` leaves something out. Source: kubernetes pkg/apis/autoscaling/v2/defaults.go. */
export const defaultBehavior: ScalingBehavior = {
  scaleUp: {
    stabilizationWindowSeconds: 0,
    selectPolicy: "Max",
    policies: [
      { type: "Pods", value: 4, periodSeconds: 15 },
      { type: "Percent", value: 100, periodSeconds: 15 },
    ],
  },
  scaleDown: {
    stabilizationWindowSeconds: 300,
    selectPolicy: "Max",
    policies: [{ type: "Percent", value: 100, periodSeconds: 15 }],
  },
};

/** Seconds for which a HorizontalPodAutoscaler without `behavior` remembers higher recommendations. */
const downscaleStabilizationSeconds = 300;

interface Timed {
  readonly seconds: number;
  readonly value: number;
}

/**
 * Turns recommendations into replicas as the HorizontalPodAutoscaler does: stabilised over the windows, limited by the
 * policies, kept within minimum and maximum. Keeps what it needs to remember. Source: kubernetes
 * pkg/controller/podautoscaler/horizontal.go, 1.34.
 */
export class ReplicaStabilizer {
  private readonly behavior: ScalingBehavior | undefined;
  private readonly lowest: SlidingExtremum;
  private readonly highest: SlidingExtremum;
  private readonly longestPeriodSeconds: number;
  private ups: Timed[] = [];
  private downs: Timed[] = [];

  /** Undefined: the rules of an autoscaler without `behavior`. */
  constructor(behavior: ScalingBehavior | undefined) {
    this.behavior = behavior;
    this.lowest = new SlidingExtremum("least", behavior?.scaleUp.stabilizationWindowSeconds ?? 0);
    this.highest = new SlidingExtremum(
      "greatest",
      behavior?.scaleDown.stabilizationWindowSeconds ?? downscaleStabilizationSeconds,
    );
    const policies = [...(behavior?.scaleUp.policies ?? []), ...(behavior?.scaleDown.policies ?? [])];
    this.longestPeriodSeconds = Math.max(0, ...policies.map(({ periodSeconds }) => periodSeconds));
  }

  /** The replicas to have from now on; call it once a tick with what the metrics ask for. */
  next(seconds: number, current: number, recommended: number, minimum: number, maximum: number): number {
    const desired =
      this.behavior === undefined
        ? this.withoutBehavior(seconds, current, recommended)
        : this.withBehavior(this.behavior, seconds, current, recommended);
    const bounded = Math.min(maximum, Math.max(minimum, desired));
    this.noteChange(seconds, current, bounded);
    return bounded;
  }

  /** Remembers a change that somebody else made. */
  noteChange(seconds: number, from: number, to: number): void {
    if (this.behavior === undefined) return;
    if (to > from) this.ups.push({ seconds, value: to - from });
    if (to < from) this.downs.push({ seconds, value: from - to });
  }

  private withoutBehavior(seconds: number, current: number, recommended: number): number {
    const stabilised = this.highest.withNow(seconds, recommended);
    this.highest.note(seconds, recommended);
    return Math.min(stabilised, Math.max(2 * current, 4));
  }

  private withBehavior(behavior: ScalingBehavior, seconds: number, current: number, recommended: number): number {
    const lower = this.lowest.withNow(seconds, recommended);
    const upper = this.highest.withNow(seconds, recommended);
    this.lowest.note(seconds, recommended);
    this.highest.note(seconds, recommended);
    const stabilised = Math.min(Math.max(current, lower), upper);
    this.forgetChanges(seconds);
    const { scaleUp, scaleDown } = behavior;
    if (stabilised > current) return Math.min(stabilised, Math.max(current, this.upLimit(scaleUp, seconds, current)));
    if (stabilised < current)
      return Math.max(stabilised, Math.min(current, this.downLimit(scaleDown, seconds, current)));
    return stabilised;
  }

  private upLimit({ selectPolicy, policies }: ScalingRules, seconds: number, current: number): number {
    if (selectPolicy === "Disabled") return current;
    const limits = policies.map(({ type, value, periodSeconds }) => {
      const start = this.periodStart(seconds, current, periodSeconds);
      return type === "Pods" ? start + value : Math.ceil(start * (1 + value / 100) - 1e-9);
    });
    return selectPolicy === "Max" ? Math.max(...limits) : Math.min(...limits);
  }

  private downLimit({ selectPolicy, policies }: ScalingRules, seconds: number, current: number): number {
    if (selectPolicy === "Disabled") return current;
    const limits = policies.map(({ type, value, periodSeconds }) => {
      const start = this.periodStart(seconds, current, periodSeconds);
      return type === "Pods" ? start - value : Math.trunc(start * (1 - value / 100) + 1e-9);
    });
    return selectPolicy === "Max" ? Math.min(...limits) : Math.max(...limits);
  }

  /** Replicas at the beginning of a policy's period. */
  private periodStart(seconds: number, current: number, periodSeconds: number): number {
    const within = (changes: readonly Timed[]) =>
      changes.reduce((sum, change) => (change.seconds > seconds - periodSeconds ? sum + change.value : sum), 0);
    return current - within(this.ups) + within(this.downs);
  }

  private forgetChanges(seconds: number): void {
    const isRecent = (change: Timed) => change.seconds > seconds - this.longestPeriodSeconds;
    if (this.ups.length > 0) this.ups = this.ups.filter(isRecent);
    if (this.downs.length > 0) this.downs = this.downs.filter(isRecent);
  }
}
