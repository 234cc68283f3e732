import type { MinutesRange } from "../../estate/assumptions/rebuild-rules.ts";
import type {
  ClusterRebuild,
  RebuildReport,
  RebuiltApplication,
} from "../../operations/simulation/simulate-rebuild.ts";
import { riskInWords } from "../../operations/simulation/simulate-rebuild-risks.ts";
import type { TimedStep } from "../../operations/simulation/simulate-rebuild-timeline.ts";
import { bullets, type Document, heading, paragraph, table } from "./document.ts";
import { counted, listed } from "./words.ts";

/** Columns of a bar: with the longest label and two times a line has at most 100. */
const BAR = 36;
const LONGEST_LABEL = 38;
const MOST_RISKS = 12;
/** Steps of the critical path that are worth shortening. */
const MOST_LEVERS = 3;

/** Each cluster as a timeline, with its critical path and its risks. */
export function rebuildDocument({ clusters, assumptions }: RebuildReport): Document {
  const restore = assumptions.find(({ name }) => name === "restore-throughput");
  return [
    heading(1, "Rebuilt from Git"),
    ...overview(clusters),
    ...clusters.flatMap(clusterSection),
    heading(2, "Assumed"),
    ...bullets([
      "Times of steps are planning values (ASM-243): at best, likely, at worst. -o json has each; a drill should replace them.",
      ...(restore === undefined
        ? []
        : [`Backups are read back at ${restore.value} (ASM-244); --restore-rate sets what a drill measured.`]),
    ]),
  ];
}

function overview(clusters: readonly ClusterRebuild[]): Document {
  if (clusters.length < 2) return [];
  return table(
    [
      { title: "Cluster" },
      { title: "Region" },
      { title: "At best", align: "right" },
      { title: "Likely", align: "right" },
      { title: "At worst", align: "right" },
      { title: "Stop it", align: "right" },
      { title: "Lose data", align: "right" },
      { title: "Delay it", align: "right" },
    ],
    clusters.map(({ cluster, region, rtoMinutes, risks }) => [
      cluster,
      region,
      ...cells(rtoMinutes),
      ...(["stops", "loses", "delays"] as const).map((effect) => {
        const count = risks.filter((risk) => risk.effect === effect).length;
        return count === 0 ? "" : String(count);
      }),
    ]),
  );
}

function clusterSection(rebuild: ClusterRebuild): Document {
  const { cluster, rtoMinutes, steps, applications, risks } = rebuild;
  return [
    heading(2, `${cluster}: back after ${time(rtoMinutes.likely)}`),
    paragraph(
      `Between ${time(rtoMinutes.low)} where all goes well and ${time(rtoMinutes.high)} on a bad day, from the loss until journeys are open. █ the critical path, ▒ what has time to spare, each where it likely lies.`,
    ),
    ...table(
      [
        { title: "Step" },
        { title: scale(rtoMinutes.likely) },
        { title: "From", align: "right" },
        { title: "To", align: "right" },
      ],
      steps.map((step) => stepRow(step, rtoMinutes.likely)),
    ),
    paragraph(criticalText(rebuild)),
    ...applicationTable(applications),
    heading(
      3,
      `What Git lacks for ${cluster}: ${risks.length === 0 ? "nothing that is known" : counted(risks.length, "risk")}`,
    ),
    ...bullets([
      ...risks.slice(0, MOST_RISKS).map((risk) => `${effectWords[risk.effect]}: ${riskInWords(risk)}`),
      ...(risks.length > MOST_RISKS ? [`and ${risks.length - MOST_RISKS} more, in -o json`] : []),
    ]),
  ];
}

const effectWords = { stops: "stops it", loses: "loses data", delays: "delays it" } as const;

function stepRow({ label, starts, ends, isCritical }: TimedStep, whole: number): readonly string[] {
  const from = Math.round((starts.likely / whole) * BAR);
  const to = Math.max(from + 1, Math.round((ends.likely / whole) * BAR));
  const bar = `${"·".repeat(Math.min(from, BAR - 1))}${(isCritical ? "█" : "▒").repeat(to - from)}`.slice(0, BAR);
  return [clip(label), bar.padEnd(BAR, "·"), clock(starts.likely), clock(ends.likely)];
}

/** The middle and the end of the bar in time. */
function scale(whole: number): string {
  const middle = clock(whole / 2);
  const end = clock(whole);
  const left = "0".padEnd(Math.floor(BAR / 2)) + middle;
  return left + end.padStart(BAR - left.length);
}

function clip(label: string): string {
  return label.length <= LONGEST_LABEL ? label : `${label.slice(0, LONGEST_LABEL - 1)}…`;
}

function criticalText({ steps, criticalPath }: ClusterRebuild): string {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const path = criticalPath.flatMap((id) => byId.get(id) ?? []);
  const longest = path
    .toSorted((left, right) => right.minutes.likely - left.minutes.likely)
    .slice(0, MOST_LEVERS)
    .map(({ label, minutes }) => `${label} (${time(minutes.likely)})`);
  return `Critical path: ${path.map(({ label }) => label).join(" → ")}. Shorten first: ${listed(longest)}.`;
}

const verdictWords = {
  met: "met, even at worst",
  likely: "met as a rule",
  atBest: "met only at best",
  missed: "missed",
  notDeclared: "",
} as const;

function applicationTable(applications: readonly RebuiltApplication[]): Document {
  return table(
    [
      { title: "Application" },
      { title: "Back at best", align: "right" },
      { title: "Likely", align: "right" },
      { title: "At worst", align: "right" },
      { title: "Region RTO", align: "right" },
      { title: "By a rebuild alone" },
    ],
    applications.map(({ application, backMinutes, rtoMinutes, verdict }) => [
      application,
      ...cells(backMinutes),
      rtoMinutes === undefined ? "" : time(rtoMinutes),
      verdictWords[verdict],
    ]),
  );
}

function cells({ low, likely, high }: MinutesRange): readonly string[] {
  return [time(low), time(likely), time(high)];
}

function time(minutes: number): string {
  if (minutes >= 120) return `${(minutes / 60).toFixed(1)} h`;
  if (minutes >= 10 || Number.isInteger(minutes)) return `${Math.round(minutes)} min`;
  return minutes >= 1 ? `${minutes.toFixed(1)} min` : `${Math.round(minutes * 60)} s`;
}

/** Hours and minutes since the loss. */
function clock(minutes: number): string {
  const rounded = Math.round(minutes);
  return `${Math.floor(rounded / 60)}:${String(rounded % 60).padStart(2, "0")}`;
}
