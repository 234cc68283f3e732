import type { ProposedPolicy } from "../../delivery/advice/propose-policies.ts";
import type { Figure } from "../../estate/figures/figure.ts";
import { formatResult } from "../../estate/figures/format-figure.ts";
import { formatPlace } from "../../estate/sources/place.ts";
import type {
  RolloutFlagReport,
  RolloutPolicyReport,
  RolloutRun,
  RolloutSimulation,
} from "../../operations/delivery/rollout-report.ts";
import { bullets, code, type Document, heading, paragraph, table } from "./document.ts";
import { sharePercent, shortDuration } from "./slo-words.ts";
import { counted } from "./words.ts";

/** What rollout policies catch, expose and falsely roll back at each traffic. */
export function rolloutDocument(report: RolloutSimulation): Document {
  const { errorRate, slowRate, policies, flags, notEvaluable, assumptions, bounds } = report;
  const slow = slowRate > 0 ? ` and is slow on ${sharePercent(slowRate)}` : "";
  return [
    heading(1, `Rollouts of a version that fails ${sharePercent(errorRate)} of its requests${slow}`),
    ...(policies.length === 0
      ? []
      : [
          paragraph(
            `A gate is good when it catches that version in at least ${sharePercent(bounds.caught)} of the rollouts, and rolls a healthy one back in at most ${sharePercent(bounds.falseRollback)}.`,
          ),
        ]),
    ...policies.flatMap(policySection),
    ...flagSection(flags),
    ...(notEvaluable.length === 0 ? [] : [heading(2, "Not evaluable"), ...bullets(notEvaluable)]),
    ...(assumptions.length === 0
      ? []
      : [
          heading(2, "Assumed"),
          ...bullets([...new Set(assumptions.map(({ id, text, value }) => `${id} ${text} (${value})`))]),
        ]),
  ];
}

function policySection(policy: RolloutPolicyReport): Document {
  const { subject, place, rules, runs } = policy;
  return [
    heading(2, subject),
    paragraph(code(formatPlace(place))),
    ...bullets(rules),
    ...table(
      [
        { title: "Requests/s", align: "right" },
        { title: "Caught", align: "right" },
        { title: "False rollback", align: "right" },
        { title: "Exposed", align: "right" },
        { title: "Budget", align: "right" },
        { title: "Ends after", align: "right" },
        { title: "Healthy after", align: "right" },
        { title: "Gate" },
        { title: "Sees from", align: "right" },
      ],
      runs.map(runRow),
    ),
    ...bullets([...runs.flatMap(judgement), ...betterPolicies(runs), ...agreement(policy)]),
    ...runs.flatMap(proposalSection),
    ...doubleSection(policy),
  ];
}

function runRow(run: RolloutRun): readonly string[] {
  const { requestsPerSecond, regression, healthy, gate, figures } = run;
  const [caught, falseRollback, , , budget] = figures.map(({ result }) =>
    result.kind === "exact" ? result.value : Number.NaN,
  );
  const approximate = regression.method === "simulated" ? "~" : "";
  return [
    requestsPerSecond.toLocaleString("en-US"),
    `${approximate}${chance(caught ?? 0)}`,
    `${approximate}${chance(falseRollback ?? 0)}`,
    Math.round(regression.exposedRequests).toLocaleString("en-US"),
    sharePercent(Number((budget ?? 0).toPrecision(2))),
    shortDuration(regression.minutes * 60),
    healthy.minutesUntilPromoted === undefined ? "never" : shortDuration(healthy.minutesUntilPromoted * 60),
    gate.verdict,
    gate.detectableErrorRate === undefined ? "nothing" : sharePercent(Number(gate.detectableErrorRate.toPrecision(2))),
  ];
}

/** A chance for people: as many digits as matter, and no rounding up to certainty. */
function chance(share: number): string {
  const percent = share * 100;
  if (share >= 1 || share === 0) return `${percent} %`;
  if (percent > 99.9) return ">99.9 %";
  if (percent < 0.01) return "<0.01 %";
  return `${percent.toFixed(percent >= 10 ? 1 : 2)} %`;
}

/** Why a gate does not do, and what to do instead. */
function judgement({ requestsPerSecond, gate, choice, experiment }: RolloutRun): readonly string[] {
  if (gate.verdict === "good") return [];
  const test =
    experiment === undefined
      ? ""
      : ` An A/B test of half and half takes ${shortDuration(experiment.minutesAtEvenSplit * 60)}.`;
  const [first = "", ...rest] = choice.reasons;
  const why = first.replace(/ at [\d.]+ requests\/s/, "");
  return [`${requestsPerSecond} requests/s: ${[why, ...rest].join(" ")}${test}`];
}

function betterPolicies(runs: readonly RolloutRun[]): readonly string[] {
  const isOpen = runs.some(({ gate, proposals }) => gate.verdict !== "good" && proposals === undefined);
  return isOpen ? [`${code("--propose")} searches for weights, intervals and limits that make the gate good.`] : [];
}

function agreement({ runs }: RolloutPolicyReport): readonly string[] {
  const [first] = runs;
  if (first === undefined) return [];
  const { simulation, regression } = first;
  if (regression.method === "simulated") {
    return [
      "Windows of measurements overlap, so that requests are judged more than once: these are simulated shares (~).",
    ];
  }
  const outside = runs.filter(({ figures, simulation: { caught, falseRollback } }) =>
    [caught, falseRollback].some(({ lower, upper }, index) => {
      const result = figures[index]?.result;
      return result?.kind === "exact" && (result.value < lower - 1e-9 || result.value > upper + 1e-9);
    }),
  );
  const played = `${simulation.runs.toLocaleString("en-US")} simulated rollouts (seed ${simulation.seed})`;
  return [
    outside.length === 0
      ? `Exact; ${played} agree within their 99 % intervals.`
      : `Exact; ${played} lie outside of their 99 % intervals at ${outside.map(({ requestsPerSecond }) => requestsPerSecond).join(", ")} requests/s.`,
  ];
}

function doubleSection({ runningDouble }: RolloutPolicyReport): Document {
  if (runningDouble === undefined) return [];
  if (runningDouble.length === 0) {
    return [paragraph("The estate has no workload of this name, so that a second copy has no price.")];
  }
  return [
    heading(3, "Blue and green side by side"),
    paragraph("A second copy, its nodes pay as you go, for as long as a healthy rollout takes."),
    ...table(
      [
        { title: "Second" },
        { title: "Name" },
        { title: "An hour", align: "right" },
        { title: "A rollout", align: "right" },
      ],
      runningDouble.map(({ scope, name, hourly, rollout }) => [scope, name, money(hourly), money(rollout)]),
    ),
  ];
}

/** Small amounts keep three digits: a rollout of minutes costs cents. */
function money({ result, unit }: Figure): string {
  const rounded =
    result.kind === "exact" && result.value < 1 ? { ...result, value: Number(result.value.toPrecision(3)) } : result;
  return formatResult(rounded, unit);
}

const mostProposals = 6;

function proposalSection({ requestsPerSecond, proposals }: RolloutRun): Document {
  if (proposals === undefined || proposals.evaluated === 0) return [];
  const { evaluated, feasible, front, nearest } = proposals;
  const shown = front.length > 0 ? spread(front) : nearest === undefined ? [] : [nearest];
  const found =
    feasible === 0
      ? `None of ${counted(evaluated, "policy", "policies")} keeps the bounds; the one that comes nearest:`
      : `${feasible} of ${counted(evaluated, "policy", "policies")} keep the bounds; those that none other beats:`;
  return [
    heading(3, `Proposed at ${requestsPerSecond} requests/s`),
    paragraph(found),
    ...table(
      [
        { title: "Weights" },
        { title: "Every", align: "right" },
        { title: "Success at least", align: "right" },
        { title: "Tolerates" },
        { title: "Caught", align: "right" },
        { title: "False rollback", align: "right" },
        { title: "Exposed", align: "right" },
        { title: "Healthy after", align: "right" },
      ],
      shown.map(proposalRow),
    ),
  ];
}

/** The ends of a long front, and some between. */
function spread(front: readonly ProposedPolicy[]): readonly ProposedPolicy[] {
  if (front.length <= mostProposals) return front;
  return Array.from({ length: mostProposals }, (_, index) => {
    const place = Math.round((index * (front.length - 1)) / (mostProposals - 1));
    return front.slice(place, place + 1);
  }).flat();
}

function proposalRow(policy: ProposedPolicy): readonly string[] {
  const { weights, intervalSeconds, successRateAtLeast, threshold, count, failureLimit } = policy;
  return [
    weights.join(","),
    shortDuration(intervalSeconds),
    `${successRateAtLeast} %`,
    threshold === undefined ? `${failureLimit ?? 0} of ${count ?? 1}` : `${threshold - 1} in all`,
    chance(policy.caught),
    chance(policy.falseRollback),
    Math.round(policy.exposedRequests).toLocaleString("en-US"),
    shortDuration(policy.minutesUntilPromoted * 60),
  ];
}

function flagSection(flags: readonly RolloutFlagReport[]): Document {
  if (flags.length === 0) return [];
  return [
    heading(2, "Feature flags"),
    paragraph("Nothing rolls a flag back by itself: the time to tell is that of an A/B test."),
    ...table(
      [
        { title: "Flag" },
        { title: "Users", align: "right" },
        { title: "Requests/s", align: "right" },
        { title: "Exposed a minute", align: "right" },
        { title: "Failed a minute", align: "right" },
        { title: "Tells after", align: "right" },
      ],
      flags.flatMap(({ id, share, runs }) =>
        runs.map((run) => [
          id,
          sharePercent(share),
          run.requestsPerSecond.toLocaleString("en-US"),
          Number(run.exposedRequestsPerMinute.toPrecision(3)).toLocaleString("en-US"),
          Number(run.failedRequestsPerMinute.toPrecision(2)).toLocaleString("en-US"),
          run.minutesToTell === undefined ? "never" : shortDuration(run.minutesToTell * 60),
        ]),
      ),
    ),
  ];
}
