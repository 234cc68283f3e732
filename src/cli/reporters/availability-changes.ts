import { likelyValue } from "../../estate/figures/figure.ts";
import { formatMinutes, formatMoney } from "../../estate/figures/format-figure.ts";
import { formatPlace } from "../../estate/sources/place.ts";
import type { Availability } from "../../operations/availability/availability.ts";
import type { ChangeWithoutResult, Economy, Improvement } from "../../operations/availability/improvement.ts";
import { bullets, type Document, heading, paragraph, table } from "./document.ts";
import { counted } from "./words.ts";

const negligibleMinutes = 0.005;
/** An average month. */
const averageMonth = 43_830;
/** Changes whose reasons are told below the table. */
const mostReasons = 6;

/** What one unit of money buys, what could be given up, and what cannot be said. */
export function changesSection(report: Availability): Document {
  const { currency, improvements, economies, withoutResult, notTried, changesFor } = report;
  const where = changesFor.join(" and ");
  return [
    ...(improvements.length === 0 ? [] : improvementsSection(improvements, currency, where)),
    ...economiesSection(economies, currency, where),
    ...leftOut(withoutResult, notTried),
  ];
}

function improvementsSection(improvements: readonly Improvement[], currency: string, where: string): Document {
  const valued = improvements.some(({ monthlyValue }) => monthlyValue !== undefined);
  const right = (title: string) => ({ title, align: "right" }) as const;
  return [
    heading(2, `What one ${currency} buys`),
    paragraph(
      `Each change by itself, made in memory, placed, solved and priced anew; journeys of ${where}. Free ones first, then those that ${valued ? `avoid most ${currency} of downtime` : "avoid most downtime"} for each ${currency} spent. They do not add up: two may mend the same fault. All figures are for a month.`,
    ),
    ...table(
      [
        right("#"),
        { title: "Change" },
        right("Down less"),
        ...(valued ? [right(`Worth ${currency}`)] : []),
        right(`Costs ${currency}`),
        right(`1 ${currency} buys`),
      ],
      improvements.map((each, index) => [
        String(index + 1),
        each.what,
        lessDown(each),
        ...(valued ? [each.monthlyValue === undefined ? "" : wholeMoney(each.monthlyValue)] : []),
        costInWords(each),
        returnInWords(each, currency),
      ]),
    ),
    ...bullets([
      ...improvements.slice(0, mostReasons).map((each, index) => reasonInWords(each, index)),
      ...improvements.flatMap(missingPriceInWords),
    ]),
  ];
}

function lessDown({ minutesPerMonth, crowdedMinutesPerMonth, upgradeMinutesPerMonth = 0 }: Improvement): string {
  const sure = minutesPerMonth + upgradeMinutesPerMonth;
  if (sure > negligibleMinutes) return formatMinutes(sure);
  return crowdedMinutesPerMonth === undefined ? "" : `up to ${formatMinutes(crowdedMinutesPerMonth)}`;
}

function costInWords({ extraMonthlyCost }: Improvement): string {
  const extra = likelyValue(extraMonthlyCost);
  if (extra === undefined) return "no price known";
  if (Math.abs(extra) < 0.01) return "nothing";
  return extra < 0 ? `saves ${wholeMoney(-extra)}` : wholeMoney(extra);
}

function returnInWords(improvement: Improvement, currency: string): string {
  const { valuePerUnitOfMoney, minutesPerUnitOfMoney, extraMonthlyCost, monthlyValue } = improvement;
  if (valuePerUnitOfMoney !== undefined) return formatMoney(valuePerUnitOfMoney, currency);
  if (minutesPerUnitOfMoney !== undefined) return formatMinutes(minutesPerUnitOfMoney);
  if (likelyValue(extraMonthlyCost) !== undefined) return "free";
  return monthlyValue === undefined ? "" : `pays below ${wholeMoney(monthlyValue)}`;
}

/** Why, for which journeys, what the bill says, and what the computation does not see. */
function reasonInWords(improvement: Improvement, index: number): string {
  const { because, place, caveat, billChanges, operatorHoursMonthly } = improvement;
  const where = place === undefined ? "" : ` (${formatPlace(place)})`;
  const gain = gainInWords(improvement);
  const [bill] = billChanges;
  const money =
    bill === undefined
      ? "the bill stays as it is"
      : `most of the bill: ${bill.line} ${wholeMoney(bill.before)} to ${wholeMoney(bill.after)}`;
  const work =
    operatorHoursMonthly === undefined
      ? ""
      : `; ${Math.abs(operatorHoursMonthly)} h of work a month ${operatorHoursMonthly < 0 ? "saved" : "added"}`;
  return `${index + 1}: ${because}${where}; ${gain}; ${money}${work}${caveat === undefined ? "" : `. But ${caveat}`}.`;
}

function gainInWords({ journeys, minutesPerMonth, upgradeMinutesPerMonth = 0 }: Improvement): string {
  const [most, ...others] = journeys;
  if (upgradeMinutesPerMonth > negligibleMinutes)
    return `upgrades of node pools take ${formatMinutes(upgradeMinutesPerMonth)} less`;
  if (most === undefined || minutesPerMonth <= negligibleMinutes)
    return "nothing changes as the replicas lie now, which no rule holds";
  const objective =
    most.meetsObjective === undefined ? "" : `, objective ${most.meetsObjective ? "met" : "still missed"}`;
  const more = `; ${counted(others.length, "other journey")} ${others.length === 1 ? "changes" : "change"} too`;
  return `${most.label} down ${formatMinutes(most.before * averageMonth)} becomes ${formatMinutes(most.after * averageMonth)}${objective}${others.length === 0 ? "" : more}`;
}

/** Which price is missing, where the reasons do not say. */
function missingPriceInWords({ extraMonthlyCost: { result } }: Improvement, index: number): readonly string[] {
  return result.kind === "notEvaluable" ? [`${index + 1}: what it costs needs ${result.missing.join(", ")}.`] : [];
}

function economiesSection(economies: readonly Economy[], currency: string, where: string): Document {
  if (economies.length === 0) return [];
  const right = (title: string) => ({ title, align: "right" }) as const;
  return [
    heading(2, "What could be given up"),
    paragraph(`Changes that cost less and leave every objective of ${where} met.`),
    ...table(
      [{ title: "Change" }, right("Saves a month"), right("Down more a month"), { title: "But" }],
      economies.map(({ what, monthlySaving, minutesPerMonth, monthlyLoss, caveat }) => [
        what,
        formatMoney(monthlySaving, currency),
        `${minutesPerMonth > negligibleMinutes ? formatMinutes(minutesPerMonth) : "nothing to speak of"}${monthlyLoss !== undefined && monthlyLoss >= 1 ? ` (${wholeMoney(monthlyLoss)})` : ""}`,
        caveat ?? "",
      ]),
    ),
  ];
}

function leftOut(withoutResult: readonly ChangeWithoutResult[], notTried: number): Document {
  const notes = [
    ...withoutResult.map(({ what, reason }) => `Not compared: ${what}, as ${reason}.`),
    ...(notTried === 0
      ? []
      : [`${counted(notTried, "change")} that can gain less ${notTried === 1 ? "was" : "were"} not computed.`]),
  ];
  return bullets(notes);
}

/** Money in tables: whole units, cents below ten. */
function wholeMoney(amount: number): string {
  return amount.toLocaleString("en-US", {
    maximumFractionDigits: Math.abs(amount) < 10 ? 2 : 0,
  });
}
