import { likelyValue } from "../../estate/figures/figure.ts";
import { formatMoney } from "../../estate/figures/format-figure.ts";
import type { IdleThing } from "../../finops/right-sizing/idle/idle-things.ts";
import type { CostRightSizing, RequestRow, RequestSection } from "../../operations/cost/rightsize-report.ts";
import { bullets, type Document, heading, paragraph, table } from "./document.ts";
import { nodeSizingItems } from "./node-sizing-section.ts";
import { replicaItems } from "./replica-section.ts";
import { amountIn, mebibytes, shortName } from "./sizing-words.ts";
import { counted, listed } from "./words.ts";

/** Rows of requests on a terminal; the other forms hold all. */
const mostRows = 20;

const right = (title: string) => ({ title, align: "right" }) as const;

/** What could go, in total first; then by what, the largest saving first. */
export function rightSizingDocument(report: CostRightSizing, everyRow: boolean): Document {
  const { bill, saving, currency } = report;
  const whole = likelyValue(bill) ?? 0;
  const total = likelyValue(saving) ?? 0;
  const share = whole > 0 ? `, ${Math.round((total / whole) * 100)}% of the bill` : "";
  return [
    heading(1, `Right-sizing of ${report.estate}`),
    paragraph(`Could go: ${formatMoney(total, currency)} a month${share} of ${formatMoney(whole, currency)}.`),
    ...stepItems(report),
    ...requestItems(report, everyRow),
    ...idleItems(report),
    ...nodeSizingItems(report, everyRow),
    ...replicaItems(report, everyRow),
    ...(report.partial
      ? [
          paragraph(
            `Partial: ${counted(report.unpriced.length, "thing")} without a price, such as ${listed(report.unpriced.slice(0, 2).map(({ label }) => label))}; cost bill names them all.`,
          ),
        ]
      : []),
  ];
}

function stepItems({ steps, bill, currency }: CostRightSizing): Document {
  const money = amountIn(currency);
  return [
    ...table(
      [{ title: "Step, each on top of those above" }, right(`Saves ${currency} a month`), right("Bill after")],
      [
        ["Bill as declared", "", money(likelyValue(bill) ?? 0)],
        ...steps.map(({ label, saved, billAfter }) => [label, money(saved), money(billAfter)]),
      ],
    ),
  ];
}

function requestItems({ requests, requestsMissing, currency }: CostRightSizing, everyRow: boolean): Document {
  const title = heading(2, "Requests");
  if (requests === undefined) {
    return [title, paragraph(`Not evaluable: ${requestsMissing?.reason ?? ""}. ${requestsMissing?.hint ?? ""}`)];
  }
  const { totals, rows, notEvaluable, source, from, to, strategy } = requests;
  if (rows.length === 0) {
    const none = `Not evaluable: of ${counted(notEvaluable.length, "workload")}, none has enough samples in ${source}.`;
    return [title, paragraph(none), ...bullets(reasonGroups(notEvaluable))];
  }
  const changed = rows.filter(({ cpu, memory }) => cpu.current !== cpu.proposed || memory.current !== memory.proposed);
  const rises = ({ cpu, memory }: RequestRow) => cpu.proposed > cpu.current || memory.proposed > memory.current;
  const savings = changed.filter((row) => !rises(row));
  const more = changed.filter(rises).toReversed();
  const name = namesOf(requests);
  const shown = everyRow ? savings : savings.slice(0, mostRows);
  const how =
    strategy === "histogram"
      ? "P90 of a decaying histogram × 1.15, as VPA"
      : "P95 of CPU, peak of memory × 1.15, as KRR";
  return [
    title,
    paragraph(
      `${counted(rows.length, "workload")} by ${how}, from ${source}${from === undefined ? "" : `, ${from} to ${to ?? ""}`}. All pods together ask for ${cores(totals.cpuCoresBefore)} cores and ${cores(totals.memoryGiBBefore)} GiB; ${cores(totals.cpuCoresAfter)} cores and ${cores(totals.memoryGiBAfter)} GiB would do. At the prices of their pools the difference is worth ${formatMoney(totals.allocated, currency)} a month; what leaves the bill is in the steps above, since it falls by whole nodes.`,
    ),
    ...requestTable(shown, currency, name),
    ...(shown.length < savings.length
      ? [paragraph(`${savings.length - shown.length} more that save less: -o markdown shows all.`)]
      : []),
    ...(more.length === 0
      ? []
      : [paragraph("Should ask for more of one or both:"), ...requestTable(more, currency, name)]),
    ...riskItems(changed, name),
    ...(notEvaluable.length === 0
      ? []
      : [
          paragraph(`Not evaluable: ${counted(notEvaluable.length, "workload")}.`),
          ...bullets(reasonGroups(notEvaluable)),
        ]),
  ];
}

function requestTable(rows: readonly RequestRow[], currency: string, name: (id: string) => string): Document {
  const money = amountIn(currency);
  return table(
    [
      { title: "Workload" },
      right("Pods"),
      right("CPU a pod"),
      right("Memory a pod"),
      right(currency),
      { title: "Risk" },
    ],
    rows.map(({ workload, pods, cpu, memory, saved, risk }) => [
      name(workload),
      String(pods),
      cpu.current === cpu.proposed
        ? `${cpu.current}m${cpu.because === "autoscaler" || cpu.because === "throttled" ? "*" : ""}`
        : `${cpu.current}m → ${cpu.proposed}m`,
      memory.current === memory.proposed
        ? mebibytes(memory.current)
        : `${mebibytes(memory.current)} → ${mebibytes(memory.proposed)}`,
      saved === undefined ? "no price" : money(saved),
      risk.level,
    ]),
  );
}

/** Why a risk is not low, and why a resource stays as it is. */
function riskItems(rows: readonly RequestRow[], name: (id: string) => string): Document {
  const kept = new Map<string, string[]>();
  for (const { workload, cpu, memory, risk } of rows) {
    const notes = [
      ...(cpu.because === "autoscaler"
        ? [
            "* its autoscaler divides CPU by the request: another request makes another number of pods, not a smaller bill",
          ]
        : []),
      ...(cpu.because === "throttled"
        ? ["* CPU runs into its limit, so what it would take is not known: not lowered"]
        : []),
      ...(memory.because === "oomKill" ? ["memory was not enough: more than what it was killed with"] : []),
      ...(memory.because === "heap"
        ? ["memory has room for what the Java heap may grow to, though it was not full"]
        : []),
      ...risk.reasons.slice(0, 1),
    ];
    for (const note of notes) kept.set(note, [...(kept.get(note) ?? []), name(workload)]);
  }
  return bullets([...kept].map(([note, names]) => `${listed([...new Set(names)], 3)}: ${note}`));
}

function reasonGroups(items: readonly { readonly workload: string; readonly reason: string }[]): readonly string[] {
  const groups = Map.groupBy(items, ({ reason }) => reason);
  return [...groups].map(
    ([reason, own]) =>
      `${listed(
        own.map(({ workload }) => shortName(workload)),
        4,
      )}: ${reason}`,
  );
}

/** With its cluster only where the rows are of several. */
function namesOf({ rows }: RequestSection): (id: string) => string {
  const isAlone = new Set(rows.map(({ cluster }) => cluster)).size === 1;
  return (id) => (isAlone ? (shortName(id).split(" on ")[0] ?? id) : shortName(id));
}

const kindNames: { readonly [kind in IdleThing["kind"]]: string } = {
  emptyPool: "empty pool",
  unmountedVolume: "unmounted volume",
  unclaimedVolume: "unclaimed volume",
  serviceWithoutPods: "Service without pods",
  unusedAddress: "unused address",
  unusedDisk: "unused disk",
  idleWorkload: "idle workload",
};

function idleItems({ idle, currency, requests }: CostRightSizing): Document {
  const money = amountIn(currency);
  const without = requests === undefined ? " Workloads that do nothing show in usage only." : "";
  if (idle.length === 0) return [heading(2, "Idle and orphaned"), paragraph(`Nothing found.${without}`)];
  return [
    heading(2, "Idle and orphaned"),
    ...table(
      [{ title: "What" }, { title: "Kind" }, right(currency), { title: "Why" }],
      idle.map(({ id, label, kind, monthly, reason, effect }) => [
        kind === "idleWorkload" ? shortName(id) : label,
        kindNames[kind],
        monthly === undefined ? "no price" : `${money(monthly)}${effect === "allocated" ? "*" : ""}`,
        reason,
      ]),
    ),
    ...(idle.some(({ effect }) => effect === "allocated")
      ? [paragraph("* Worth of its requests; the bill falls once nodes go. Not in the steps above.")]
      : []),
    ...(without === "" ? [] : [paragraph(without.trim())]),
  ];
}

function cores(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: 1 });
}
