import type { ProposedPolicy } from "../../../src/delivery/advice/propose-policies.ts";
import { formatMinutes } from "../../../src/estate/figures/format-figure.ts";
import type { RolloutRun } from "../../../src/operations/delivery/rollout-report.ts";

/** A chance for people: as many digits as matter, and no rounding up to certainty. */
export function chance(share: number): string {
  const percent = share * 100;
  if (share >= 1 || share <= 0) return `${percent}%`;
  if (percent > 99.9) return ">99.9%";
  if (percent < 0.01) return "<0.01%";
  return `${percent.toFixed(percent >= 10 ? 1 : 2)}%`;
}

/** A share as it was set: `5%`, `0.2%`. */
export function sharePercent(share: number): string {
  return `${Number((100 * share).toPrecision(3))}%`;
}

/** Whether the gate can be trusted at this traffic, in one sentence. */
export function verdictSentence({ requestsPerSecond, gate, figures }: RolloutRun, errorRate: number): string {
  const [caught = 0, falseRollback = 0] = figures.map(({ result }) => (result.kind === "exact" ? result.value : 0));
  const at = `at ${requestsPerSecond.toLocaleString("en-US")} requests/s`;
  const what = `a version that fails ${sharePercent(errorRate)} of its requests`;
  switch (gate.verdict) {
    case "good":
      return `Good ${at}: it catches ${what} in ${chance(caught)} of the rollouts and rolls a healthy one back in ${chance(falseRollback)}.`;
    case "weak":
      return `Weak ${at}: it catches ${what} in only ${chance(caught)} of the rollouts, or rolls too many healthy ones back (${chance(falseRollback)}).`;
    case "noise":
      return `Noise ${at}: too few requests come for a check to tell ${what} from a healthy one. It catches ${chance(caught)} and rolls ${chance(falseRollback)} of the healthy ones back.`;
    case "blind":
      return `Blind: nothing that it looks at shows errors, so that ${what} is promoted in ${chance(1 - caught)} of the rollouts.`;
  }
}

/** What else is worth knowing of the gate. */
export function gateFacts({ gate, choice, regression }: RolloutRun): readonly string[] {
  const { detectableErrorRate, smallestCheck, requestsNeededPerCheck } = gate;
  return [
    ...(detectableErrorRate === undefined
      ? ["No error rate is caught reliably at this traffic."]
      : [`It catches reliably from an error rate of ${sharePercent(Number(detectableErrorRate.toPrecision(2)))} on.`]),
    ...(gate.verdict === "blind"
      ? []
      : [
          `Its smallest check sees ${Math.round(smallestCheck).toLocaleString("en-US")} requests${
            requestsNeededPerCheck === undefined
              ? ""
              : `; ${requestsNeededPerCheck.toLocaleString("en-US")} would do to judge by one check alone`
          }.`,
        ]),
    ...(regression.minutesUntilRollback === undefined || choice.mechanism === "canary"
      ? []
      : [`A rollback comes after ${formatMinutes(regression.minutesUntilRollback)} on average.`]),
    `${choice.mechanism === "canary" ? "A canary of the infrastructure fits" : "A feature flag fits better"}: ${choice.reasons.join(" ")}`,
  ];
}

/** What is to be written into the policy. */
export function settingsInWords(policy: ProposedPolicy): string {
  const { weights, intervalSeconds, successRateAtLeast, threshold, count, failureLimit } = policy;
  const tolerates =
    threshold === undefined
      ? `${failureLimit ?? 0} of ${count ?? 1} measurements may fail`
      : `failed check number ${threshold} rolls back`;
  return `Weights ${weights.join(", ")} %, each for ${formatMinutes(intervalSeconds / 60)}; success rate at least ${successRateAtLeast} %; ${tolerates}.`;
}
