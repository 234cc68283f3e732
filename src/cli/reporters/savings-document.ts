import { likelyValue } from "../../estate/figures/figure.ts";
import { formatMinutes, formatMoney } from "../../estate/figures/format-figure.ts";
import { formatPlace } from "../../estate/sources/place.ts";
import type {
  CostSavings,
  JourneyEffect,
  MeasureNotTaken,
  TakenMeasure,
} from "../../operations/cost/saving/savings-report.ts";
import { right, sentence } from "./commitment-words.ts";
import { bullets, code, type Document, heading, numbered, paragraph, table } from "./document.ts";
import { printedCommand } from "./printed-command.ts";
import { amountIn } from "./sizing-words.ts";
import { counted } from "./words.ts";

/** What to do to pay less, in the order in which to do it; `paths` as the command was given. */
export function savingsDocument(report: CostSavings, paths: readonly string[]): Document {
  const { measures, currency } = report;
  const bill = likelyValue(report.bill) ?? 0;
  const saving = likelyValue(report.saving) ?? 0;
  const share = bill > 0 ? ` (${((saving / bill) * 100).toFixed(1)} %)` : "";
  return [
    heading(1, `How ${report.estate} pays less`),
    paragraph(
      measures.length === 0
        ? `No measure was found that takes anything off the bill of ${formatMoney(bill, currency)} a month.`
        : `${counted(measures.length, "measure")} ${measures.length === 1 ? "takes" : "take"} ${formatMoney(saving, currency)}${share} off the bill of ${formatMoney(bill, currency)} a month, and every objective stays as it is.`,
    ),
    ...measureTable(report),
    ...(measures.length === 0
      ? []
      : [
          paragraph(
            "Alone: if it were the only measure. Beside: on the estate that the measures above it leave, placed and priced anew, so that nothing is saved twice. Commitments come last: what is bought for nodes that go is paid for nothing.",
          ),
          heading(2, "How to do it"),
          ...numbered(measures.map((measure) => instruction(measure, paths))),
          ...notes(measures),
        ]),
    ...refused(report),
    ...overlapping(report),
    ...(report.partial
      ? [
          paragraph(
            `${counted(report.unpriced.length, "thing")} without a price ${report.unpriced.length === 1 ? "is" : "are"} not in the bill: ${printedCommand(["cost", "bill"], paths)} names them.`,
          ),
        ]
      : []),
    heading(2, "Not looked at"),
    ...bullets(report.notEvaluated.map(({ what, reason }) => `${what}: ${reason}`)),
  ];
}

function measureTable({ measures, currency }: CostSavings): Document {
  const money = amountIn(currency);
  return table(
    [
      right("#"),
      { title: "Measure" },
      right("Alone"),
      right("Beside"),
      right("Together"),
      right("Bill after"),
      { title: "Risk" },
      right("Work"),
    ],
    measures.map(({ what, alone, saved, cumulative, billAfter, asks }, index) => [
      String(index + 1),
      sentence(what),
      money(alone),
      money(saved),
      money(cumulative),
      money(billAfter),
      asks.risk,
      `${asks.workHours} h`,
    ]),
  );
}

/** What to run or to write, where, and when the bill sees it. */
function instruction({ realise, place, asks }: TakenMeasure, paths: readonly string[]): string {
  const what = realise.kind === "command" ? printedCommand(realise.words, paths) : code(realise.change);
  return `${what}${place === undefined ? "" : `, ${formatPlace(place)}`}; ${asks.leadTime}`;
}

/** What comes with the measures: the same note once, with the rows that it is about. */
function notes(measures: readonly TakenMeasure[]): Document {
  const rows = new Map<string, number[]>();
  for (const [index, { caveat, journeys }] of measures.entries()) {
    for (const note of [...(caveat === undefined ? [] : [sentence(caveat)]), ...effects(journeys)]) {
      rows.set(note, [...(rows.get(note) ?? []), index + 1]);
    }
  }
  return bullets([...rows].map(([note, numbers]) => `${note} (${numbers.join(", ")}).`));
}

function effects(journeys: readonly JourneyEffect[]): readonly string[] {
  const [worst, ...others] = journeys.filter(({ moreMinutesPerMonth }) => moreMinutesPerMonth > 0);
  if (worst === undefined) return [];
  const objective =
    worst.meetsObjective === true
      ? ", objective met"
      : worst.meetsObjective === false
        ? ", objective MISSED"
        : ", no objective to judge it by";
  const more =
    others.length === 0 ? "" : `; ${counted(others.length, "other journey")} ${others.length === 1 ? "is" : "are"} too`;
  return [`${worst.journey} is down ${formatMinutes(worst.moreMinutesPerMonth)} a month more${objective}${more}`];
}

function refused({ againstObjectives, currency }: CostSavings): Document {
  if (againstObjectives.length === 0) return [];
  return [
    heading(2, "Would break an objective: not counted"),
    ...notTakenTable(againstObjectives, currency),
    ...bullets(
      againstObjectives.flatMap(({ what, journeys }) => effects(journeys).map((each) => `${sentence(what)}: ${each}`)),
    ),
  ];
}

function overlapping({ overlapped, currency }: CostSavings): Document {
  if (overlapped.length === 0) return [];
  const money = amountIn(currency);
  return [
    heading(2, "Save nothing more beside the measures above"),
    ...table(
      [{ title: "Measure" }, right("Alone"), { title: "Because" }],
      overlapped.map(({ what, alone, reason }) => [sentence(what), money(alone), reason]),
    ),
  ];
}

function notTakenTable(measures: readonly MeasureNotTaken[], currency: string): Document {
  const money = amountIn(currency);
  return table(
    [{ title: "Measure" }, right("Alone")],
    measures.map(({ what, alone }) => [sentence(what), money(alone)]),
  );
}
