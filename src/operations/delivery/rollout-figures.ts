import { caughtShare } from "../../delivery/advice/gate-quality.ts";
import type { RolloutOutcome } from "../../delivery/evaluation/rollout-outcome.ts";
import type { RolloutPolicy } from "../../delivery/policies/rollout-policy.ts";
import { exactFigure, type Figure, type Reason } from "../../estate/figures/figure.ts";

export interface FigureInputs {
  readonly policy: RolloutPolicy;
  readonly requestsPerSecond: number;
  readonly errorRate: number;
  readonly healthyErrorRate: number;
  /** Share of requests that may fail. */
  readonly errorBudget: number;
  readonly regression: RolloutOutcome;
  readonly healthy: RolloutOutcome;
}

const secondsOf30Days = 2_592_000;

/** The numbers of a run that people act on, with what they stand on. */
export function rolloutFigures(inputs: FigureInputs): readonly Figure[] {
  const { policy, requestsPerSecond, errorRate, healthyErrorRate, errorBudget, regression, healthy } = inputs;
  const id = `rollout/${policy.subject}/${requestsPerSecond}`;
  const declared: readonly Reason[] = [
    { kind: "declared", name: "policy", value: policy.subject, place: policy.place },
    { kind: "declared", name: "traffic", value: requestsPerSecond, unit: "requests/s" },
    { kind: "declared", name: "error rate of the regression", value: errorRate, unit: "ratio" },
  ];
  const healthyReason: Reason = {
    kind: "declared",
    name: "healthy error rate",
    value: healthyErrorRate,
    unit: "ratio",
  };
  const chain = (outcome: RolloutOutcome): Reason => ({
    kind: "formula",
    text:
      outcome.method === "exact"
        ? "Markov chain over the controller's states, a binomial number of bad requests for each check"
        : `mean of ${outcome.runs ?? 0} simulated rollouts, because windows of measurements overlap`,
  });
  const budget = errorBudget * requestsPerSecond * secondsOf30Days;
  const figure = (name: string, label: string, unit: string, value: number, reasons: readonly Reason[]) =>
    exactFigure(`${id}/${name}`, label, unit, value, reasons);
  return [
    figure("caught", "Chance to catch the regression", "ratio", caughtShare(regression), [
      chain(regression),
      ...declared,
    ]),
    figure("false-rollback", "Chance to roll back a healthy version", "ratio", caughtShare(healthy), [
      chain(healthy),
      ...declared.slice(0, 2),
      healthyReason,
    ]),
    figure(
      "exposed",
      "Requests that the regressed version answers until the decision",
      "requests",
      regression.exposedRequests,
      [chain(regression), ...declared],
    ),
    figure(
      "minutes",
      "Time until a healthy version is promoted",
      "minutes",
      healthy.minutesUntilPromoted ?? healthy.minutes,
      [chain(healthy), ...declared.slice(0, 2)],
    ),
    figure(
      "budget",
      "Share of the error budget of 30 days that the regression spends until the decision",
      "ratio",
      budget === 0 ? 0 : regression.failedRequests / budget,
      [
        { kind: "formula", text: "failed requests / (budget * requests/s * 2,592,000 s)" },
        { kind: "declared", name: "error budget", value: errorBudget, unit: "ratio" },
        ...declared,
      ],
    ),
  ];
}
