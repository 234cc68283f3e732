import type { ScaledObjectSettings } from "./autoscaler-settings.ts";

/** What the triggers of a ScaledObject say at a poll. */
export interface TriggerReading {
  readonly isActive: boolean;
  /** At least one trigger could not be read. */
  readonly hasFailed: boolean;
}

type ActivationSettings = Pick<
  ScaledObjectSettings,
  "minimum" | "idle" | "cooldownSeconds" | "initialCooldownSeconds" | "fallback"
>;

/**
 * KEDA's decision between none and some replicas, once a poll. Some when a trigger is active; none (or `idle`) when none
 * was for the cooldown. Errors without a fallback change nothing. Source: kedacore/keda pkg/scaling/executor, August 2026.
 */
export class Activation {
  private readonly settings: ActivationSettings;
  private readonly createdSeconds: number;
  private lastActiveSeconds: number | undefined;
  private failures = 0;

  constructor(settings: ActivationSettings, createdSeconds: number) {
    this.settings = settings;
    this.createdSeconds = createdSeconds;
  }

  /** The replicas to set, or undefined to leave them to the autoscaler. */
  decide(seconds: number, current: number, { isActive, hasFailed }: TriggerReading): number | undefined {
    this.failures = hasFailed ? this.failures + 1 : 0;
    if (isActive) return this.activate(seconds, current);
    if (hasFailed) return this.fallBack(current);
    return this.deactivate(seconds, current);
  }

  /** True when the metric failed so often in a row that the fallback's replicas hold. */
  get isFallenBack(): boolean {
    return this.settings.fallback !== undefined && this.failures >= this.settings.fallback.failureThreshold;
  }

  private activate(seconds: number, current: number): number | undefined {
    this.lastActiveSeconds = seconds;
    const { minimum, idle } = this.settings;
    const isAsleep = current === 0 || (idle !== undefined && current <= idle && current < minimum);
    return isAsleep ? Math.max(1, minimum) : undefined;
  }

  private fallBack(current: number): number | undefined {
    const { fallback } = this.settings;
    if (fallback === undefined || !this.isFallenBack) return undefined;
    return current === fallback.replicas ? undefined : fallback.replicas;
  }

  private deactivate(seconds: number, current: number): number | undefined {
    const { minimum, idle, cooldownSeconds, initialCooldownSeconds } = this.settings;
    const floor = idle ?? minimum;
    if (idle === undefined && minimum > 0) return current < minimum ? minimum : undefined;
    if (current <= floor) return current < floor ? floor : undefined;
    const restsFrom =
      this.lastActiveSeconds === undefined
        ? this.createdSeconds + initialCooldownSeconds
        : this.lastActiveSeconds + cooldownSeconds;
    return seconds > restsFrom ? floor : undefined;
  }
}
