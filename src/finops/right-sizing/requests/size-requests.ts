import type { Assumption } from "../../../estate/assumptions/assumption.ts";
import { assume } from "../../../estate/assumptions/assumption-rule.ts";
import { containersAlike, javaMemory, usageSharedOut } from "../../../estate/assumptions/sizing-rules.ts";
import { exactFigure, type Figure, notEvaluableFigure, type Reason } from "../../../estate/figures/figure.ts";
import { assumptionReason } from "../../bill/charge.ts";
import { timeText } from "../../usage/usage-problems.ts";
import { monthlyWorth, type PoolRate } from "./pool-rates.ts";
import { type ProposedRequests, proposeRequests, type RequestStrategy, tooFewSamples } from "./propose-requests.ts";
import { type ContainerSizing, containerSizings } from "./resize-workload.ts";
import { type SizingRisk, sizingRisk } from "./risk.ts";
import type { SizingSubject } from "./sizing-subject.ts";
import type { UsageProfile } from "./usage-profile.ts";

/** Requests of one workload, before and after. */
interface SizedWorkload {
  readonly subject: SizingSubject;
  readonly profile: UsageProfile;
  readonly proposed: ProposedRequests;
  readonly containers: readonly ContainerSizing[];
  readonly risk: SizingRisk;
  /** What the difference is worth a month at the prices of its pools, to the cent; undefined where one has no price. */
  readonly saved: number | undefined;
  readonly figure: Figure;
}

/** A workload of which nothing is proposed, with what is missing. */
interface UnsizedWorkload {
  readonly subject: SizingSubject;
  readonly reason: string;
}

export interface SizedRequests {
  /** The largest saving first; what should ask for more comes last. */
  readonly sized: readonly SizedWorkload[];
  readonly unsized: readonly UnsizedWorkload[];
  readonly assumptions: readonly Assumption[];
}

/** What sizing requests stands on. */
export interface RequestSizingInput {
  readonly subjects: readonly SizingSubject[];
  readonly profiles: ReadonlyMap<string, UsageProfile>;
  readonly rates: ReadonlyMap<string, PoolRate>;
  readonly strategy: RequestStrategy;
  readonly currency: string;
  /** Name of the file or server that the usage is from. */
  readonly source: string;
}

/** Proposes requests for every workload that was seen long and often enough. */
export function sizeRequests(input: RequestSizingInput): SizedRequests {
  const sized: SizedWorkload[] = [];
  const unsized: UnsizedWorkload[] = [];
  const assumptions: Assumption[] = [];
  for (const subject of input.subjects) {
    const profile = input.profiles.get(subject.workload.id);
    const reason = profile === undefined ? "no sample in the usage" : tooFewSamples(profile);
    if (profile === undefined || reason !== undefined) {
      unsized.push({ subject, reason: reason ?? "" });
      continue;
    }
    const own = assumptionsOf(subject, profile);
    assumptions.push(...own);
    sized.push(sizeOne(input, subject, profile, own));
  }
  return {
    sized: sized.toSorted(
      (left, right) =>
        (right.saved ?? 0) - (left.saved ?? 0) || (left.subject.workload.id < right.subject.workload.id ? -1 : 1),
    ),
    unsized,
    assumptions,
  };
}

function sizeOne(
  { rates, strategy, currency, source }: RequestSizingInput,
  subject: SizingSubject,
  profile: UsageProfile,
  assumptions: readonly Assumption[],
): SizedWorkload {
  const proposed = proposeRequests(subject, profile, strategy);
  const containers = containerSizings(subject, proposed);
  const difference = {
    cpuMillicores: proposed.cpu.current - proposed.cpu.proposed,
    memoryBytes: proposed.memory.current - proposed.memory.proposed,
  };
  const worth = monthlyWorth(difference, subject.pools, rates);
  const saved = worth === undefined ? undefined : Math.round(worth * 100) / 100 || 0;
  const id = `cost/rightsize/requests/${subject.workload.id}`;
  const label = `Worth of the requests that ${subject.workload.label} gives back`;
  const unit = `${currency}/month`;
  const reasons = reasonsOf(subject, profile, proposed, strategy, source, assumptions);
  const figure =
    saved === undefined
      ? notEvaluableFigure(id, label, unit, [`prices of ${subject.pools.map(({ key }) => key).join(", ")}`], reasons)
      : exactFigure(id, label, unit, saved, reasons);
  return { subject, profile, proposed, containers, risk: sizingRisk(profile, proposed, containers), saved, figure };
}

function reasonsOf(
  { pods }: SizingSubject,
  profile: UsageProfile,
  { cpu, memory }: ProposedRequests,
  strategy: RequestStrategy,
  source: string,
  assumptions: readonly Assumption[],
): readonly Reason[] {
  const window = `${timeText(profile.start)} to ${timeText(profile.end)}`;
  const measured = (name: string, value: number, unit: string): Reason => ({
    kind: "measurement",
    name,
    value,
    unit,
    source,
    window,
  });
  return [
    {
      kind: "formula",
      text: `${pods} pods × (${cpu.current - cpu.proposed}m CPU + ${mebibytes(memory.current - memory.proposed)} MiB) at what a millicore and a MiB of their pools cost`,
    },
    strategy === "histogram"
      ? {
          kind: "formula",
          text: "request = P90 of a histogram that forgets half a day by day (of memory: of the daily peaks) × 1.15",
          source: "vpa",
        }
      : {
          kind: "formula",
          text: "CPU request = largest P95 of a pod; memory request = peak × 1.15",
          source: "krr",
        },
    measured("samples", profile.cpu.samples, "samples"),
    measured("peak of CPU of a pod", Math.round(profile.cpu.peak), "millicores"),
    measured("peak of memory of a pod", mebibytes(profile.memory.peak), "MiB"),
    ...(profile.oomKills > 0 ? [measured("kills for want of memory", profile.oomKills, "kills")] : []),
    ...assumptions.map(assumptionReason),
  ];
}

function assumptionsOf(subject: SizingSubject, profile: UsageProfile): readonly Assumption[] {
  const { id, containers, place } = subject.workload;
  const running = containers.filter(({ role }) => role === "main" || role === "sidecar").length;
  return [
    ...(subject.heap?.kind === "fixed"
      ? [assume(javaMemory, id, { heapMiB: mebibytes(subject.heap.bytes) }, place)]
      : []),
    ...(profile.sharedOut && subject.pods > 1 ? [assume(usageSharedOut, id, { pods: subject.pods }, place)] : []),
    ...(running > 1 ? [assume(containersAlike, id, { containers: running }, place)] : []),
  ];
}

function mebibytes(bytes: number): number {
  return Math.round(bytes / 2 ** 20);
}
