import type {
  ConsistencySimulation,
  GuaranteeOutcome,
  MinimalTrace,
} from "../../operations/stateful/consistency/consistency-report.ts";
import type { ViolationKind } from "../../stateful/simulation/checking/violations.ts";
import type { StalenessCurve } from "../../stateful/staleness/staleness.ts";
import type { Proportion } from "../../stateful/statistics/proportion.ts";
import { bullets, type Document, heading, paragraph, table } from "./document.ts";
import { counted, listed } from "./words.ts";

const words: { readonly [Kind in ViolationKind]: string } = {
  staleRead: "No read misses what was acknowledged",
  readYourWrites: "Clients read their own writes",
  monotonicReads: "Reads of a client never go back",
  monotonicWrites: "Writes of a client keep their order",
  writesFollowReads: "Writes come after what was read",
  linearizability: "One order explains every read",
  lostWrite: "Acknowledged changes still count",
  oversell: "Nothing is sold that is not there",
  bankTotal: "The total never changes",
  duplicateEffect: "Nothing takes effect twice",
  lostEffect: "What follows a change happens",
};

/** What a consistency level or quorum keeps and breaks, and the shortest story of each break. */
export function consistencyDocument(report: ConsistencySimulation): Document {
  const { subject, store, regions, workload, runs, events, traceHash, seed, operations } = report;
  const { done, unknown, refused, declined } = operations;
  return [
    heading(1, `${subject === "simulation" ? "" : `${subject}: `}${store}`),
    paragraph(
      `Workload ${workload} in ${listed(regions)}, the first one writing: ${counted(runs, "run")}, ${events.toLocaleString("en-US")} events, seed ${seed}, trace ${traceHash}.`,
    ),
    paragraph(
      `${counted(done, "operation")} done, ${unknown} without an answer, ${refused} given up, ${declined} declined by the rules.`,
    ),
    ...guaranteeTable(report.guarantees),
    ...samplingNote(report.guarantees),
    ...latencyTable(report),
    ...(report.staleness === undefined ? [] : stalenessSection(report.staleness)),
    ...report.traces.flatMap(traceSection),
    ...(report.assumptions.length === 0 ? [] : [heading(2, "Assumed")]),
    ...bullets(report.assumptions.map(({ id, text, value }) => `${id} ${text} (${value})`)),
  ];
}

function guaranteeTable(guarantees: readonly GuaranteeOutcome[]): Document {
  const hasCost = guarantees.some(({ costPerThousandChanges }) => costPerThousandChanges !== undefined);
  return table(
    [
      { title: "Guarantee" },
      { title: "Verdict" },
      { title: "Broken", align: "right" },
      { title: "Of reads or changes", align: "right" },
      { title: "Of runs", align: "right" },
      ...(hasCost ? [{ title: "Cost per 1000", align: "right" as const }] : []),
    ],
    guarantees.map(({ kind, isBroken, count, runs, operations, costPerThousandChanges }) => [
      words[kind],
      isBroken ? "✗ broken" : "not seen broken",
      count.toLocaleString("en-US"),
      operations === undefined ? "" : interval(operations),
      interval(runs),
      ...(hasCost ? [costPerThousandChanges === undefined ? "" : costPerThousandChanges.toFixed(2)] : []),
    ]),
  );
}

/** Runs are samples: what did not happen in them may still happen, more rarely than the upper end. */
function samplingNote(guarantees: readonly GuaranteeOutcome[]): Document {
  return guarantees.every(({ isBroken }) => isBroken)
    ? []
    : [
        paragraph(
          "Not seen broken is no proof: the runs are a sample. In brackets is how often it may break all the same, at 95 % confidence.",
        ),
      ];
}

/** `2.1 % (1.8-2.4)`; none seen: the upper end. */
function interval({ share, lower, upper }: Proportion): string {
  const percent = (value: number) => (value * 100).toFixed(value < 0.001 ? 3 : value < 0.1 ? 2 : 1);
  if (upper === 0) return "exactly 0";
  if (share === 0) return `0 (below ${percent(upper)} %)`;
  return `${percent(share)} % (${percent(lower)}-${percent(upper)})`;
}

function latencyTable({ latency, staleAgeP95 }: ConsistencySimulation): Document {
  const row = (
    name: string,
    values: { readonly p50: number; readonly p95: number; readonly p99: number } | undefined,
  ) => (values === undefined ? [] : [[name, ...[values.p50, values.p95, values.p99].map(inMilliseconds)]]);
  const rows = [...row("Read", latency.read), ...row("Write", latency.write)];
  return [
    ...(rows.length === 0 ? [] : [heading(2, "Latency as clients see it")]),
    ...table([{ title: "" }, ...["Median", "95 %", "99 %"].map((title) => ({ title, align: "right" as const }))], rows),
    ...(staleAgeP95 === undefined
      ? []
      : [paragraph(`What a stale read misses was acknowledged up to ${inMilliseconds(staleAgeP95)} before (95 %).`)]),
  ];
}

function inMilliseconds(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 1)} ms`;
}

function stalenessSection({ overlaps, points, visibility, trials }: StalenessCurve): Document {
  const last = points.findIndex(({ stale }) => stale.share === 0);
  return [
    heading(2, "Chance of a stale read after the commit"),
    paragraph(
      overlaps
        ? "Any R and any W replicas have one in common (R + W > N): exactly zero."
        : `${trials.toLocaleString("en-US")} trials. ${visibility.map(({ share, milliseconds }) => `${share * 100} % of reads see the write after ${inMilliseconds(milliseconds)}`).join(", ")}.`,
    ),
    ...table(
      [
        { title: "After", align: "right" },
        { title: "Stale", align: "right" },
      ],
      (overlaps ? [] : points.slice(0, last === -1 ? points.length : last + 1)).map((point) => [
        `${point.millisecondsAfterCommit} ms`,
        interval(point.stale),
      ]),
    ),
  ];
}

function traceSection({ kind, operations, faults, seed, steps }: MinimalTrace): Document {
  return [
    heading(2, `Broken: ${words[kind].charAt(0).toLowerCase()}${words[kind].slice(1)}`),
    paragraph(
      `It takes ${counted(operations, "operation")} and ${counted(faults, "fault")} (run ${seed}); ${operations === 1 ? "without it" : "without any one of them"} it holds.`,
    ),
    ...table(
      [{ title: "At", align: "right" }, { title: "What happens" }],
      steps.map(({ milliseconds, text, breaks }) => [
        `${milliseconds.toFixed(1)} ms`,
        breaks === undefined ? text : `✗ ${text}`,
      ]),
    ),
  ];
}
