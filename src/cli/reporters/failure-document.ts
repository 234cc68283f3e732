import { formatBytes, formatCores } from "../../estate/quantities/format-resources.ts";
import type { ClusterFailures, FailureReport, ReportedFailure } from "../../operations/simulation/simulate-failure.ts";
import type { Column } from "../terminal/table.ts";
import { bullets, code, type Document, heading, numbered, paragraph, table } from "./document.ts";
import { counted, listed } from "./words.ts";

/** Failures told in full below the table, which names them all. */
const mostTold = 3;
/** Failures said in a sentence above the table. */
const mostWords = 5;
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
    ...failureTable(shown),
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

/** The worst in words first, then all in figures. */
function failureTable(failures: readonly ReportedFailure[]): Document {
  const harmful = failures.filter(({ pending, journeys, gone }) => pending + gone + journeys.length > 0);
  const hasJourneys = failures.some(({ journeys }) => journeys.length > 0);
  const columns: readonly Column[] = [
    { title: "Lost" },
    { title: "Pods", align: "right" },
    { title: "Pending", align: "right" },
    { title: "None left", align: "right" },
    { title: "CPU free", align: "right" },
    { title: "Memory free", align: "right" },
    ...(hasJourneys ? [{ title: "Journeys" }] : []),
  ];
  return [
    ...numbered(harmful.slice(0, mostWords).map(({ words }) => `${words}.`)),
    ...table(
      columns,
      failures.map((failure) => row(failure, hasJourneys)),
    ),
  ];
}

function row(failure: ReportedFailure, hasJourneys: boolean): readonly string[] {
  const { kind, name, displaced, gone, pending, capacityLeft, workloads } = failure;
  const withoutPod = workloads.filter(({ effect }) => effect === "down" || effect === "interrupted").length;
  return [
    kind === "set" ? name : `${kind} ${name}`,
    String(displaced + gone),
    pending === 0 ? "" : String(pending),
    withoutPod === 0 ? "" : String(withoutPod),
    shareText(capacityLeft.cpuMillicores),
    shareText(capacityLeft.memoryBytes),
    ...(hasJourneys ? [journeysText(failure)] : []),
  ];
}

function shareText({ allocatable, free }: { readonly allocatable: number; readonly free: number }): string {
  return allocatable === 0 ? "" : `${Math.round((100 * free) / allocatable)} %`;
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

/** Pods that wait for the same reason are told of together. */
function pendingItems({ pendingGroups }: ReportedFailure): readonly string[] {
  const alike = Map.groupBy(pendingGroups, ({ reason, secondsAtLeast }) => `${secondsAtLeast ?? ""} ${reason}`);
  return [...alike.values()].flatMap((groups) => {
    const [first] = groups;
    if (first === undefined) return [];
    const { reason, secondsAtLeast } = first;
    const until =
      secondsAtLeast === undefined
        ? "until what was lost is back"
        : `for ${Math.round(secondsAtLeast / 60)} min or more, until a new node is there`;
    const pods = groups.reduce((sum, group) => sum + group.pods, 0);
    const who = listed(groups.map(({ label }) => code(label)));
    return [`${counted(pods, "pod")} pending ${until}: ${reason} (${who})`];
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
