import { likelyValue } from "../../estate/figures/figure.ts";
import type { CommitmentPurchase, CostCommitments } from "../../operations/cost/cost-commit-report.ts";
import { commitmentReasons } from "./commitment-reasons-section.ts";
import { amount, hours, money, percent, plain, points, right, sentence, short, signed } from "./commitment-words.ts";
import { type Document, heading, paragraph, table } from "./document.ts";
import { counted } from "./words.ts";

/** Advice on commitments as an invoice to be: what to buy, the bill with it, how sure it is, and why. */
export function commitmentsDocument(report: CostCommitments): Document {
  return [
    heading(1, `Commitments for ${report.estate}`),
    paragraph(introduction(report)),
    ...toBuy(report),
    ...bill(report),
    ...certainty(report),
    ...fallingDemand(report),
    ...ways(report),
    ...commitmentReasons(report),
  ];
}

function introduction(report: CostCommitments): string {
  const { demand, currency, pricesAsOf } = report;
  const growth =
    demand.growthPercentPerMonth === 0
      ? "unchanged"
      : `${demand.growthPercentPerMonth > 0 ? "growing" : "shrinking"} by ${Math.abs(demand.growthPercentPerMonth)} % a month`;
  return `${sentence(demand.description)}, ${growth} for ${counted(demand.months, "month")}. Money is ${currency} a month of 730 hours, averaged over this time; prices of ${pricesAsOf}. Nodes only: disks, network and services take no compute commitment.`;
}

function toBuy(report: CostCommitments): Document {
  const { purchases, later, saving, now } = report;
  if (purchases.length === 0) {
    return [heading(2, "What to buy"), paragraph("Nothing: no commitment on offer costs less than what is paid now.")];
  }
  const nowMoney = likelyValue(now) ?? 0;
  const share = nowMoney > 0 ? ` (${percent((likelyValue(saving) ?? 0) / nowMoney)})` : "";
  const total = purchases.reduce((sum, { termTotal }) => sum + termTotal, 0);
  return [
    heading(2, "What to buy"),
    paragraph(
      `Saves ${amount(report, likelyValue(saving) ?? 0)} a month${share}; commits to ${amount(report, total)} over the terms.`,
    ),
    ...purchaseTable(report, purchases),
    ...(purchases.some(({ priceVerified }) => !priceVerified)
      ? [paragraph("* price derived or taken from other regions, see below: ask for a quote before buying.")]
      : []),
    ...(later.length === 0
      ? []
      : [heading(3, "In later years, if demand goes on as said"), ...purchaseTable(report, later)]),
  ];
}

function purchaseTable(report: CostCommitments, purchases: readonly CommitmentPurchase[]): Document {
  return table(
    [{ title: "Commitment" }, right("Quantity"), right("An hour"), right("A month"), right("Saves"), right("Used")],
    purchases.map((purchase) => [
      `${purchaseName(purchase)}${purchase.priceVerified ? "" : " *"}`,
      purchase.instances === undefined ? "" : String(purchase.instances),
      plain(purchase.unitPrice * (purchase.instances ?? 1)),
      money(report, likelyValue(purchase.monthly) ?? 0),
      money(report, likelyValue(purchase.saves) ?? 0),
      percent(purchase.utilisation),
    ]),
  );
}

function purchaseName({ kind, vmSize, region, termYears, afterYears }: CommitmentPurchase): string {
  const term = `${termYears} y`;
  const from = afterYears === 0 ? "" : `, from year ${afterYears + 1}`;
  const what = kind === "reservation" ? `Reserve ${short(vmSize ?? "")}, ${region}` : "Savings plan";
  return `${what}, ${term}${from}`;
}

function bill(report: CostCommitments): Document {
  const { now, best } = report.parts;
  const rows: [string, number, number][] = [
    ["Pay as you go", now.payAsYouGo, best.payAsYouGo],
    ["Spot", now.spot, best.spot],
    ["Commitments owned", now.ownedCommitments, best.ownedCommitments],
    ["Commitments to buy", now.purchases, best.purchases],
  ];
  return [
    heading(2, "The bill of the nodes"),
    ...table(
      [{ title: `In ${report.currency} a month` }, right("Now"), right("Then"), right("Difference")],
      [
        ...rows
          .filter(([, before, after]) => before !== 0 || after !== 0)
          .map(([label, before, after]) => [
            label,
            money(report, before),
            money(report, after),
            signed(report, after - before),
          ]),
        ["Total", money(report, now.total), money(report, best.total), signed(report, best.total - now.total)],
        [
          "Of it unused commitments",
          money(report, now.unused),
          money(report, best.unused),
          signed(report, best.unused - now.unused),
        ],
        ["Covered by commitments", percent(now.coverage), percent(best.coverage), ""],
      ],
    ),
    paragraph(
      `Every hour is billed in Azure's order: reservations, then savings plans, the rest pay as you go. No mix of the same offers costs less than ${amount(report, report.leastPossible)}.`,
    ),
  ];
}

function certainty(report: CostCommitments): Document {
  if (report.purchases.length === 0) return [];
  return [
    heading(2, "How sure it is"),
    ...table(
      [
        { title: "Commitment" },
        right("Used"),
        right("Pays from"),
        right("May rise"),
        right("More if"),
        right("Over the term"),
        { title: "Locked until" },
      ],
      report.purchases.map((purchase) => [
        purchaseName(purchase),
        hours(24 * purchase.utilisation),
        purchase.breakEvenHoursPerDay === undefined ? "" : hours(purchase.breakEvenHoursPerDay),
        purchase.priceMayRisePercent === undefined ? "" : `+${points(purchase.priceMayRisePercent)}`,
        purchase.priceMayFallPercent === undefined ? "never" : `-${points(purchase.priceMayFallPercent)}`,
        money(report, purchase.termTotal),
        purchase.lockedUntil,
      ]),
    ),
    paragraph(
      "Used and pays from: hours a day, on average over what is bought. May rise: so much dearer, and less of it would be better. More if: so much cheaper, and more of it would be; never: more finds no use.",
    ),
  ];
}

function fallingDemand(report: CostCommitments): Document {
  const { risk, purchases } = report;
  if (purchases.length === 0) return [];
  const fall =
    risk.breakEvenFallPercent === undefined
      ? "However far demand falls, the purchases cost no more than buying nothing."
      : `Once demand falls by more than ${points(risk.breakEvenFallPercent)} for the whole time, buying nothing would have been cheaper; if every fall up to ${points(risk.mostFallPercent)} is as likely, the chance of that is ${percent(risk.chanceOfLoss)}, and the mix saves ${amount(report, risk.expectedSaving)} a month on average.`;
  const shown = risk.falls.filter((_, index) => index % 4 === 0);
  return [
    heading(2, "If demand falls"),
    paragraph(fall),
    ...table(
      [right("Fall"), right("With the purchases"), right("Without"), right("Saved"), right("Unused")],
      shown.map(({ fallPercent, withPurchases, without, unused }) => [
        points(fallPercent),
        money(report, withPurchases),
        money(report, without),
        money(report, without - withPurchases),
        money(report, unused),
      ]),
    ),
  ];
}

function ways(report: CostCommitments): Document {
  return [
    heading(2, "Other ways to pay, each at its best quantity"),
    ...table(
      [{ title: "Way" }, right("A month"), right("Against now"), right("Unused"), right("Covered")],
      report.ways.map(({ label, monthly, difference, unused, coverage }) => [
        sentence(label),
        money(report, monthly),
        signed(report, difference),
        unused > 0 ? money(report, unused) : "",
        percent(coverage),
      ]),
    ),
  ];
}
