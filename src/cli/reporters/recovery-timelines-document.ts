import { likelyValue } from "../../estate/figures/figure.ts";
import type {
  RecoveryTimelinesReport,
  ReportedTimeline,
  StoreTimelines,
} from "../../operations/stateful/recovery-timelines-report.ts";
import { durationText } from "../../stateful/advice/rule-verdict.ts";
import { bullets, code, type Document, heading, paragraph, table } from "./document.ts";

/** Each store with its recovery by scope, step by step. */
export function recoveryTimelinesDocument({ environment, stores, assumptions }: RecoveryTimelinesReport): Document {
  return [
    heading(1, `Recovery of stores in ${environment}`),
    paragraph(
      stores.length === 0
        ? "No DataStore and no workload with a volume is declared."
        : "From the failure until it serves again: where all goes well, as a rule (median), and 19 times in 20.",
    ),
    ...stores.flatMap(storeSection),
    heading(2, "Assumed"),
    ...bullets(assumptions.map(({ id, text, value }) => `${id}: ${value}. ${text}`)),
  ];
}

const scopeWords: { readonly [scope in ReportedTimeline["scope"]]: string } = {
  pod: "pod",
  node: "node",
  zone: "zone",
  region: "region",
  operatorError: "operator error",
  drain: "planned drain",
};

function storeSection({ subject, form, timelines, writerRisks }: StoreTimelines): Document {
  return [
    heading(2, `${subject}: ${form}`),
    ...table(
      [
        { title: "Lost" },
        { title: "Best", align: "right" },
        { title: "Rule", align: "right" },
        { title: "Worst", align: "right" },
        { title: "Asked", align: "right" },
        { title: "Writes lost", align: "right" },
        { title: "Asked", align: "right" },
        { title: "Held" },
      ],
      timelines.map(timelineRow),
    ),
    ...bullets(timelines.flatMap(stepLine)),
    ...(writerRisks.length === 0 ? [] : [heading(3, "At least one is not exactly one")]),
    ...bullets(writerRisks.map(({ text, fix }) => `${text}. Fix: ${fix}.`)),
  ];
}

function timelineRow(timeline: ReportedTimeline): readonly string[] {
  const { scope, rtoSeconds, rpoSeconds, rtoObjectiveSeconds, rpoObjectiveSeconds } = timeline;
  const { result } = rtoSeconds;
  const lost = likelyValue(rpoSeconds);
  const times =
    result.kind === "range"
      ? [result.low, result.likely, result.high].map((seconds) => durationText(seconds))
      : ["", outcomeWords(timeline), ""];
  return [
    scopeWords[scope],
    ...times,
    rtoObjectiveSeconds === undefined ? "" : durationText(rtoObjectiveSeconds),
    lost === undefined
      ? timeline.outcome === "lost" || timeline.outcome === "waits"
        ? "all"
        : "unknown"
      : durationText(lost),
    rpoObjectiveSeconds === undefined ? "" : durationText(rpoObjectiveSeconds),
    heldWords(timeline),
  ];
}

function outcomeWords({ outcome }: ReportedTimeline): string {
  return outcome === "lost" || outcome === "waits" ? "never" : "unknown";
}

function heldWords({ rtoMet, rpoMet }: ReportedTimeline): string {
  if (rtoMet === undefined && rpoMet === undefined) return "";
  if (rtoMet === "no" || rpoMet === "no") return "no";
  if (rtoMet === "notEvaluable" || rpoMet === "notEvaluable") return "nobody says";
  return rtoMet === "likely" || rpoMet === "likely" ? "as a rule" : "yes";
}

/** What happens, its steps with their likely times, and what would shorten it. */
function stepLine({ scope, summary, steps, lever, availabilityCounts }: ReportedTimeline): readonly string[] {
  const timed = steps.filter(({ seconds }) => seconds.high > 0);
  const course = timed.map(({ label, seconds }) => `${label} (${durationText(seconds.likely)})`).join(" → ");
  const counted =
    availabilityCounts === undefined
      ? ""
      : ` Availability counts ${durationText(availabilityCounts.seconds)}: ${availabilityCounts.because}.`;
  const shorten = lever === undefined ? "" : ` Shorten it: ${lever}.`;
  return [`${code(scopeWords[scope])} ${summary}${course === "" ? "" : `: ${course}`}.${shorten}${counted}`];
}
