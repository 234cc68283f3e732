import type { MinutesRange } from "../../estate/assumptions/rebuild-rules.ts";

/** One step of a rebuild, before it has its place in time. */
export interface RebuildStep {
  readonly id: string;
  readonly kind:
    | "decision"
    | "network"
    | "controlPlane"
    | "pool"
    | "agent"
    | "component"
    | "secrets"
    | "restore"
    | "application"
    | "entry"
    | "check";
  readonly label: string;
  readonly minutes: MinutesRange;
  /** Ids of steps that must be over. */
  readonly after: readonly string[];
}

/** A step with its time: minutes since the loss. */
export interface TimedStep extends RebuildStep {
  readonly starts: MinutesRange;
  readonly ends: MinutesRange;
  /** Likely minutes that it may be late without delaying the end. */
  readonly slackMinutes: number;
  readonly isCritical: boolean;
}

/** Closer than this is at once. */
const NO_TIME = 1e-9;
const cases = ["low", "likely", "high"] as const;

/**
 * When each step starts and ends if it begins as soon as all that it waits for is over, in each of the three cases, and
 * which steps the likely end hangs on (critical path method). Steps come after those they wait for; others are ignored.
 */
export function scheduleRebuild(steps: readonly RebuildStep[]): readonly TimedStep[] {
  const ends = new Map<string, MinutesRange>();
  const placed = steps.map((step) => {
    const startOf = (name: (typeof cases)[number]) =>
      Math.max(0, ...step.after.flatMap((id) => ends.get(id)?.[name] ?? []));
    const starts = { low: startOf("low"), likely: startOf("likely"), high: startOf("high") };
    const { low, likely, high } = step.minutes;
    const end = { low: starts.low + low, likely: starts.likely + likely, high: starts.high + high };
    ends.set(step.id, end);
    return { ...step, starts, ends: end };
  });
  const whole = Math.max(0, ...placed.map((step) => step.ends.likely));
  const latest = new Map<string, number>();
  for (const { id, after, minutes } of placed.toReversed()) {
    const end = latest.get(id) ?? whole;
    latest.set(id, end);
    for (const before of after) {
      latest.set(before, Math.min(latest.get(before) ?? Number.POSITIVE_INFINITY, end - minutes.likely));
    }
  }
  return placed.map((step) => {
    const slackMinutes = Math.max(0, (latest.get(step.id) ?? whole) - step.ends.likely);
    return { ...step, slackMinutes, isCritical: slackMinutes < NO_TIME };
  });
}

/** One chain of critical steps from the beginning to the end, in their order. */
export function criticalPath(steps: readonly TimedStep[]): readonly TimedStep[] {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const path: TimedStep[] = [];
  let step = steps.reduce<TimedStep | undefined>(
    (last, each) => (last === undefined || each.ends.likely > last.ends.likely ? each : last),
    undefined,
  );
  while (step !== undefined && !path.includes(step)) {
    path.push(step);
    const { starts, after } = step;
    step = after.flatMap((id) => byId.get(id) ?? []).find((before) => starts.likely - before.ends.likely < NO_TIME);
  }
  return path.toReversed();
}
