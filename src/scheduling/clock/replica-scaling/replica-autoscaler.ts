import { type EventClock, rank } from "../event-clock.ts";
import type { Fleet } from "../pod-fleet.ts";
import { Activation, type TriggerReading } from "./activation.ts";
import {
  type HorizontalPodAutoscalerSettings,
  type KedaTrigger,
  metricTarget,
  type ScaledObjectSettings,
  type ScalingSignal,
} from "./autoscaler-settings.ts";
import { combinedRecommendation, recommendedReplicas } from "./metric-recommendation.ts";
import type { ReplicaPlan } from "./replica-plan.ts";
import { ReplicaStabilizer } from "./scaling-behavior.ts";
import { type MetricPublisher, signalTotal } from "./scaling-signals.ts";

/** What an autoscaler of replicas works with. */
export interface ReplicaAutoscalerContext {
  readonly clock: EventClock;
  readonly fleet: Fleet;
  readonly metrics: MetricPublisher;
  readonly plan: ReplicaPlan;
  /** False while metrics cannot be had. */
  readonly metricsAvailable: (seconds: number) => boolean;
  /** Seconds since 1970 at which the clock's zero lies; what cron triggers go by. */
  readonly epochSeconds: number;
  readonly syncSeconds: number;
  readonly random: () => number;
}

/** Lets a HorizontalPodAutoscaler run from now on. */
export function runHorizontalPodAutoscaler(
  settings: HorizontalPodAutoscalerSettings,
  context: ReplicaAutoscalerContext,
): void {
  const loop = new AutoscalerLoop(settings, context);
  startTicker(context, context.syncSeconds, () => loop.tick());
}

/** Lets KEDA and the HorizontalPodAutoscaler that it makes run from now on. */
export function runScaledObject(settings: ScaledObjectSettings, context: ReplicaAutoscalerContext): void {
  const { clock, fleet, plan, metricsAvailable } = context;
  const metrics = settings.triggers.flatMap((trigger) => (trigger.type === "metric" ? [trigger.metric] : []));
  const minimum = Math.max(1, settings.minimum);
  const loop = new AutoscalerLoop(
    { ...settings, kind: "HorizontalPodAutoscaler", minimum, metrics },
    context,
    settings,
  );
  const activation = new Activation(settings, clock.now);
  startTicker(context, settings.pollingSeconds, () => {
    const { minimum: floor, maximum: ceiling } = plan.at(clock.now);
    const hasMetrics = metricsAvailable(clock.now);
    const reading: TriggerReading = {
      isActive: floor > 0 || settings.triggers.some((trigger) => isActive(trigger, context, hasMetrics)),
      hasFailed: !hasMetrics && metrics.length > 0,
    };
    const replicas = activation.decide(clock.now, fleet.replicas, reading);
    loop.fallbackReplicas = activation.isFallenBack ? settings.fallback?.replicas : undefined;
    if (replicas !== undefined) loop.set(Math.min(replicas, ceiling));
  });
  startTicker(context, context.syncSeconds, () => loop.tick());
}

/** Activation thresholds are strict; triggers on CPU keep a workload active. */
function isActive(trigger: KedaTrigger, context: ReplicaAutoscalerContext, hasMetrics: boolean): boolean {
  if (trigger.type === "cron") return cronReplicas(trigger, context) > 0;
  if (trigger.metric.signal === "utilization") return true;
  return hasMetrics && signalTotal(trigger.metric, context.metrics.latest) > trigger.activationThreshold;
}

function cronReplicas(trigger: KedaTrigger, { clock, epochSeconds }: ReplicaAutoscalerContext): number {
  if (trigger.type !== "cron") return 0;
  const now = epochSeconds + clock.now;
  const isOpen = trigger.windows.some(({ fromSeconds, untilSeconds }) => now >= fromSeconds && now < untilSeconds);
  return isOpen ? trigger.desiredReplicas : 0;
}

function startTicker({ clock, random }: ReplicaAutoscalerContext, period: number, tick: () => void): void {
  const ticker = clock.ticker(period, clock.now + random() * period, rank.replicaAutoscaler, () => {
    tick();
    return true;
  });
  ticker.wake();
}

/** The control loop that both kinds share. */
class AutoscalerLoop {
  /** Set while the metric is replaced by KEDA's fallback. */
  fallbackReplicas: number | undefined;
  private readonly settings: HorizontalPodAutoscalerSettings;
  private readonly context: ReplicaAutoscalerContext;
  private readonly stabilizer: ReplicaStabilizer;
  private readonly cronTriggers: readonly KedaTrigger[];
  private readonly isOfKeda: boolean;

  constructor(
    settings: HorizontalPodAutoscalerSettings,
    context: ReplicaAutoscalerContext,
    scaledObject?: ScaledObjectSettings,
  ) {
    this.settings = settings;
    this.context = context;
    this.stabilizer = new ReplicaStabilizer(settings.behavior);
    this.isOfKeda = scaledObject !== undefined;
    this.cronTriggers = (scaledObject?.triggers ?? []).filter(({ type }) => type === "cron");
  }

  /** Sets replicas from outside the loop. */
  set(replicas: number): void {
    const { clock, fleet } = this.context;
    this.stabilizer.noteChange(clock.now, fleet.replicas, replicas);
    fleet.scaleTo(replicas);
  }

  tick(): void {
    const { clock, fleet, plan } = this.context;
    const { minimum: floor, maximum: ceiling } = plan.at(clock.now);
    const current = fleet.replicas;
    if (ceiling === 0) {
      this.set(0);
      return;
    }
    if (current === 0) {
      // At zero the autoscaler is off: only a schedule, or KEDA's polling, starts the workload again.
      const restart = Math.max(floor, this.isOfKeda ? 0 : this.settings.minimum);
      if (restart > 0) this.set(restart);
      return;
    }
    const minimum = Math.max(this.settings.minimum, floor);
    const maximum = Math.max(minimum, Math.min(this.settings.maximum, ceiling));
    if (current > maximum || current < minimum) {
      this.set(Math.min(maximum, Math.max(minimum, current)));
      return;
    }
    const recommended = this.recommended(current);
    if (recommended === undefined) return;
    fleet.scaleTo(this.stabilizer.next(clock.now, current, recommended, minimum, maximum));
  }

  private recommended(current: number): number | undefined {
    const { context } = this;
    const hasMetrics = context.metricsAvailable(context.clock.now);
    const cron = this.cronTriggers.map((trigger) => this.byCron(trigger, current));
    if (!hasMetrics && this.fallbackReplicas !== undefined)
      return combinedRecommendation([this.fallbackReplicas, ...cron], current);
    const byMetric = this.settings.metrics.map((signal) => (hasMetrics ? this.byMetric(signal, current) : undefined));
    return combinedRecommendation([...byMetric, ...cron], current);
  }

  /** KEDA gives the wanted replicas as a metric with the target 1 for each: the tolerance applies to them too. */
  private byCron(trigger: KedaTrigger, current: number): number | undefined {
    const total = Math.max(1, cronReplicas(trigger, this.context));
    const target = { kind: "externalAverage", value: 1 } as const;
    const reading = { target, total, readyPods: this.context.fleet.ready };
    return recommendedReplicas(reading, current, this.settings.tolerance);
  }

  private byMetric(signal: ScalingSignal, current: number): number | undefined {
    const { fleet, metrics } = this.context;
    const { tolerance } = this.settings;
    const target = metricTarget(signal, 1);
    if (target.kind === "utilization" || target.kind === "podsAverage") {
      const { usage, measured } = metrics.latest;
      const counted = usage === undefined ? 0 : Math.min(fleet.ready, measured);
      const samples = {
        counted,
        total: (usage ?? 0) * counted,
        missing: 0,
        unready: fleet.replicas - counted,
      };
      return recommendedReplicas({ target, samples }, current, tolerance);
    }
    if (signal.signal === "utilization") return undefined;
    const total = signalTotal(signal, metrics.latest);
    return recommendedReplicas({ target, total, readyPods: fleet.ready }, current, tolerance);
  }
}
