import type { FaultTreeReport, TopEventReport } from "../../operations/availability/solve-fault-tree.ts";
import { bullets, code, type Document, heading, paragraph, table } from "./document.ts";
import { counted, listed } from "./words.ts";

/** Probability, cut sets and importance of each top event. */
export function faultTreeDocument(report: FaultTreeReport): Document {
  return [report, ...report.others].flatMap((top) => topEventSection(top, report.missionTimeHours));
}

function topEventSection(top: TopEventReport, missionTimeHours: number): Document {
  return [
    heading(1, `Top event ${top.topEvent}`),
    paragraph(probabilityInWords(top, missionTimeHours)),
    ...bullets(remarks(top)),
    ...cutSetTable(top),
    ...importanceTable(top),
  ];
}

function probabilityInWords(
  { probability, bounds, missing, basicEvents }: TopEventReport,
  missionTimeHours: number,
): string {
  if (missing !== undefined) return `Not evaluable: ${listed(missing.map(code))} could not be used.`;
  const over = `over a mission of ${missionTimeHours.toLocaleString("en-US")} hours`;
  const from = `from ${counted(basicEvents ?? 0, "basic event")}`;
  if (probability !== undefined) return `Probability ${significant(probability)} ${over}, exact, ${from}.`;
  if (bounds === undefined) return "Nothing is known.";
  return `Probability between ${significant(bounds.lower)} and ${significant(bounds.upper)} ${over}, ${from}: ${bounds.method}.`;
}

function remarks({ coherent, frequency, cutSets, missing }: TopEventReport): readonly string[] {
  if (missing !== undefined) return [];
  return [
    ...(frequency?.perHour === undefined
      ? [`Frequency: not evaluable, ${frequency?.missing ?? "it is not known"}.`]
      : [`Frequency: ${significant(frequency.perHour)} an hour.`]),
    ...(coherent === false
      ? ["The tree has negations: its cut sets are those of the coherent hull, where what must not happen does not."]
      : []),
    ...(cutSets === undefined ? ["It has too many minimal cut sets to be counted."] : []),
  ];
}

function cutSetTable({ cutSets }: TopEventReport): Document {
  if (cutSets === undefined) return [];
  const orders = Object.entries(cutSets.byOrder).map(
    ([order, count]) => `${count.toLocaleString("en-US")} of order ${order}`,
  );
  const total = cutSets.total.toLocaleString("en-US");
  return [
    heading(2, "Minimal cut sets"),
    paragraph(
      orders.length === 0 ? "None: nothing, or nothing but itself, is needed." : `${total}: ${orders.join(", ")}.`,
    ),
    ...table(
      [{ title: "Probability", align: "right" }, { title: "Order", align: "right" }, { title: "Events" }],
      cutSets.listed.map(({ events, probability }) => [
        significant(probability),
        String(events.length),
        events.map(code).join(" and "),
      ]),
    ),
  ];
}

function importanceTable({ importance }: TopEventReport): Document {
  if (importance === undefined || importance.length === 0) return [];
  return [
    heading(2, "Importance"),
    ...table(
      [
        { title: "Event" },
        { title: "Probability", align: "right" },
        { title: "Share", align: "right" },
        { title: "Birnbaum", align: "right" },
        { title: "RAW", align: "right" },
        { title: "RRW", align: "right" },
      ],
      importance.map((each) => [
        code(each.event),
        significant(each.probability),
        `${(100 * each.criticality).toFixed(1)} %`,
        significant(each.birnbaum),
        significant(each.riskAchievementWorth),
        Number.isFinite(each.riskReductionWorth) ? significant(each.riskReductionWorth) : "∞",
      ]),
    ),
  ];
}

function significant(value: number): string {
  if (value === 0) return "0";
  return Math.abs(value) >= 1e-3 && Math.abs(value) < 1e5
    ? String(Number(value.toPrecision(4)))
    : value.toExponential(3);
}
