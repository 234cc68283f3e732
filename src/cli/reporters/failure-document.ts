import { formatBytes, formatCores } from "../../estate/quantities/format-resources.ts";
import type { ClusterFailures, FailureReport, ReportedFailure } from "../../operations/simulate-failure.ts";
import type { Column } from "../terminal/table.ts";
import { bullets, code, type Document, heading, paragraph, table } from "./document.ts";
import { counted, listed } from "./words.ts";

/** Failures told in full below the table, which names them all. */
const mostTold = 3;
/** Rows of the table: the failures that matter come first. */
const mostRows = 20;

/** What is left after each failure, cluster by cluster, the worst first. */
export function failureDocument({ clusters, assumptions }: FailureReport): Document {
  const failures = clusters.reduce((sum, cluster) => sum + cluster.failures.length, 0);
  const leaving = clusters.flatMap((cluster) => cluster.failures).filter(({ pending }) => pending > 0).length;
  return [
    heading(1, "Failures replayed"),
    paragraph(
      `${counted(failures, "failure")} in ${counted(clusters.length, "cluster")}; ${leaving === 0 ? "none leaves" : leaving === 1 ? "1 leaves" : `${leaving.toLocaleString("en-US")} leave`} pods without a place.`,
    ),
    ...clusters.flatMap(clusterSection),
    ...(assumptions.length === 0 ? [] : [heading(2, "Assumed")]),
    ...bullets(distinctAssumptions(assumptions)),
  ];
}

function clusterSection(cluster: ClusterFailures): Document {
  const { failures, pendingBefore } = cluster;
  const shown = failures.slice(0, mostRows);
  const hidden = failures.length - shown.length;
  const hiddenPending = failures.slice(mostRows).filter(({ pending }) => pending > 0).length;
  return [
    heading(2, `${cluster.cluster}: ${counted(cluster.nodes, "node")}, ${counted(cluster.pods, "pod")}`),
    paragraph(`${survivedText(cluster)}${pendingText(pendingBefore)}`),
    ...table(columns, shown.map(row)),
    ...(hidden === 0
      ? []
      : [
          paragraph(
            `And ${counted(hidden, "failure")} that ${hidden === 1 ? "does" : "do"} less, ${hiddenPending === 0 ? "none of which leaves" : `${hiddenPending} of which leave`} pods pending; -o json has them all.`,
          ),
        ]),
    ...shown.slice(0, mostTold).flatMap(told),
  ];
}

function survivedText({ survived }: ClusterFailures): string {
  if (survived.length === 0) return "What was named is lost together.";
  const parts = survived.map(({ kind, of, without }) => `${without.toLocaleString("en-US")} of ${counted(of, kind)}`);
  return `Can be lost with no pod pending: ${listed(parts)}.`;
}

function pendingText([first, ...others]: readonly string[]): string {
  if (first === undefined) return "";
  const more = others.length === 0 ? "" : ` and ${counted(others.length, "other")}`;
  return ` Before anything fails ${code(first)}${more} already ${others.length === 0 ? "waits" : "wait"} for a place.`;
}

const columns: readonly Column[] = [
  { title: "Lost" },
  { title: "Pods", align: "right" },
  { title: "Pending", align: "right" },
  { title: "CPU free", align: "right" },
  { title: "Journeys" },
  { title: "What happens" },
];

function row(failure: ReportedFailure): readonly string[] {
  const { kind, name, displaced, gone, pending, capacityLeft } = failure;
  return [
    kind === "set" ? name : `${kind} ${name}`,
    String(displaced + gone),
    pending === 0 ? "" : String(pending),
    shareText(capacityLeft.cpuMillicores),
    journeysText(failure),
    happening(failure),
  ];
}

function shareText({ allocatable, free }: { readonly allocatable: number; readonly free: number }): string {
  return allocatable === 0 ? "" : `${Math.round((100 * free) / allocatable)} %`;
}

/** The sentence without its subject, which the first column names. */
function happening({ words }: ReportedFailure): string {
  const verb = /(?:leaves|moves|displaces) .*$/s.exec(words);
  return verb?.[0] ?? words;
}

const effectWords = {
  down: "down",
  elsewhere: "only elsewhere",
  interrupted: "interrupted",
  belowNeed: "below need",
} as const;

function journeysText({ journeys }: ReportedFailure): string {
  const byEffect = Map.groupBy(journeys, ({ effect }) => effect);
  return [...byEffect].map(([effect, touched]) => `${touched.length} ${effectWords[effect]}`).join(", ");
}

/** One failure with all that it touches. */
function told(failure: ReportedFailure): Document {
  const items = [
    ...failure.journeys.map(
      ({ journey, effect, workload }) => `journey ${code(journey)} is ${effectWords[effect]}: ${workload}`,
    ),
    ...pendingItems(failure),
    ...lostItems(failure),
  ];
  if (items.length === 0) return [];
  const { cpuMillicores, memoryBytes, nodes } = failure.capacityLeft;
  const room = `${counted(nodes, "node")} left with ${formatCores(cpuMillicores.free)} CPU and ${formatBytes(memoryBytes.free)} of memory free`;
  return [
    heading(3, `${failure.words.slice(0, failure.words.search(/ (?:leaves|moves|displaces) /))}`),
    ...bullets([...items.slice(0, 12), ...moreItems(items), room]),
  ];
}

function moreItems(items: readonly string[]): readonly string[] {
  return items.length > 12 ? [`and ${items.length - 12} more, in -o json`] : [];
}

function pendingItems({ pendingGroups }: ReportedFailure): readonly string[] {
  return pendingGroups.map(({ label, pods, reason, secondsAtLeast }) => {
    const until =
      secondsAtLeast === undefined
        ? "until what was lost is back"
        : `for ${Math.round(secondsAtLeast / 60)} min or more, until a new node is there`;
    return `${counted(pods, "pod")} of ${code(label)} pending ${until}: ${reason}`;
  });
}

function lostItems({ lostData }: ReportedFailure): readonly string[] {
  return lostData.map(({ label, volume, kind, loss, pods }) =>
    loss === "destroyed"
      ? `${kind} ${code(volume)} of ${counted(pods, "pod")} of ${label} is destroyed`
      : `disk ${code(volume)} of ${label} is out of reach`,
  );
}

function distinctAssumptions(assumptions: FailureReport["assumptions"]): readonly string[] {
  const byRule = Map.groupBy(assumptions, ({ id, text }) => `${id} ${text}`);
  return [...byRule.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    return [`${first.id} ${first.name}: ${first.value}${same.length === 1 ? "" : ` (and ${same.length - 1} more)`}`];
  });
}
