import { likelyValue } from "../../estate/figures/figure.ts";
import { formatMoney } from "../../estate/figures/format-figure.ts";
import type {
  CommitmentPurchase,
  CostCommitments,
  SpotChoice,
  TenantCommitments,
} from "../../operations/cost/cost-commit-report.ts";
import { bullets, type Document, heading, paragraph, table } from "./document.ts";
import { counted, listed } from "./words.ts";

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
    ...breakEven(report),
    ...curves(report),
    ...spot(report),
    ...owned(report),
    ...tenants(report),
    ...missing(report),
  ];
}

const right = (title: string) => ({ title, align: "right" }) as const;

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

function breakEven(report: CostCommitments): Document {
  const { breakEvens, ruleOfThumbHoursPerDay } = report;
  if (breakEvens.length === 0) return [];
  const rows = Map.groupBy(breakEvens, ({ vmSize, region }) => `${short(vmSize)}\n${region}`);
  const columns = [
    ["Reserved, 1 y", "reservation", 1],
    ["Reserved, 3 y", "reservation", 3],
    ["Plan, 1 y", "savingsPlan", 1],
    ["Plan, 3 y", "savingsPlan", 3],
  ] as const;
  const used = columns.filter(([, kind, term]) =>
    breakEvens.some((each) => each.kind === kind && each.termYears === term),
  );
  return [
    heading(2, "Hours a day from which a commitment pays"),
    paragraph(
      `The rule of thumb says ${ruleOfThumbHoursPerDay} hours a day. The true figure is 24 × committed ÷ pay-as-you-go price:`,
    ),
    ...table(
      [{ title: "Size" }, { title: "Region" }, ...used.map(([title]) => right(title))],
      [...rows].map(([key, own]) => {
        const [size = "", region = ""] = key.split("\n");
        const cells = used.map(([, kind, term]) => {
          const found = own.find((each) => each.kind === kind && each.termYears === term);
          return found === undefined ? "no price" : `${found.hoursPerDay.toFixed(1)}${found.verified ? "" : " *"}`;
        });
        return [size, region, ...cells];
      }),
    ),
    ...(breakEvens.some(({ verified }) => !verified)
      ? [paragraph("* the price is derived, or its ratio is that of other regions.")]
      : []),
  ];
}

function curves(report: CostCommitments): Document {
  const most = (steps: CostCommitments["curves"][number]["steps"], hoursPerDay: number) =>
    steps.findLast((step) => step.hoursPerDay >= hoursPerDay - 1e-6)?.units ?? 0;
  return [
    heading(2, "How much runs how long"),
    ...table(
      [
        { title: "Group" },
        { title: "Region" },
        right("Always"),
        right("12 h"),
        right("Mean"),
        right("Peak"),
        right("Owned"),
        right("To buy"),
      ],
      report.curves
        .filter(({ peakUnits }) => peakUnits > 0)
        .map(({ group, region, steps, meanUnits, peakUnits, ownedUnits, boughtUnits }) => [
          short(group),
          region,
          plain(most(steps, 24)),
          plain(most(steps, 12)),
          plain(Number(meanUnits.toFixed(2))),
          plain(peakUnits),
          plain(ownedUnits),
          plain(boughtUnits),
        ]),
    ),
    paragraph(
      "Units of the size-flexibility group: one reservation serves all sizes of its group by ratio. 12 h: what runs at least twelve hours a day.",
    ),
  ];
}

function spot({ spot: choices }: CostCommitments): Document {
  const chosen = choices.filter((choice) => choice.chosen);
  const open = choices.filter(({ reason, chosen: isChosen }) => !isChosen && reason !== undefined);
  const groups = [...Map.groupBy(open, ({ reason = "" }) => reason)];
  return [
    heading(2, "Spot"),
    ...(chosen.length === 0 ? [paragraph("No pool is turned to spot.")] : []),
    ...bullets([
      ...chosen.map(
        (choice) =>
          `${choice.pool}: spot, ${prices(choice)}; nodes may be taken away at any time, and no SLA covers them`,
      ),
      ...groups.map(([reason, own]) => `${own.map(({ pool }) => pool).join(", ")}: ${reason}`),
    ]),
  ];
}

function prices({ spot: price = 0, payAsYouGo = 0 }: SpotChoice): string {
  return `${plain(price)} instead of ${plain(payAsYouGo)} an hour`;
}

function owned(report: CostCommitments): Document {
  if (report.owned.length === 0) return [];
  return [
    heading(2, "Owned already, as used now"),
    ...table(
      [{ title: "Commitment" }, { title: "Until" }, right("A month"), right("Unused"), right("Used")],
      report.owned.map(({ label, until = "", monthly, unused, utilisation }) => [
        sentence(label.replaceAll("Standard_", "")),
        until,
        money(report, monthly),
        unused > 0 ? money(report, unused) : "",
        percent(utilisation),
      ]),
    ),
  ];
}

const partNames: { readonly [part in TenantCommitments["part"]]: string } = {
  tenant: "tenant",
  sharedPlatform: "shared platform",
  systemOverhead: "system overhead",
  idle: "idle",
  nobody: "nobody's",
};

function tenants(report: CostCommitments): Document {
  return [
    heading(2, "Whose nodes are covered, with the purchases"),
    ...table(
      [{ title: "Who" }, right("Pay as you go"), right("Covered"), right("Pays"), right("Unused share")],
      report.tenants.map(({ part, tenant, list, coverage, cost, unused }) => [
        tenant ?? partNames[part],
        money(report, list),
        percent(coverage),
        money(report, cost),
        unused > 0 ? money(report, unused) : "",
      ]),
    ),
  ];
}

function missing({ unpriced, assumptions }: CostCommitments): Document {
  const own = assumptions.filter(({ id }) => shownAssumptions.has(id) || id >= "ASM-190");
  const groups = [...Map.groupBy(unpriced, ({ reason, hint }) => `${reason}; ${hint}`)];
  const rules = [...Map.groupBy(own, ({ id }) => id).values()];
  return [
    ...(groups.length === 0
      ? []
      : [
          heading(2, "Without a price, so no choice here"),
          ...bullets(
            groups.map(
              ([why, items]) => `${listed(items.map(({ label }) => label.replaceAll("Standard_", "")))}: ${why}`,
            ),
          ),
        ]),
    heading(2, "Assumed"),
    ...bullets(
      rules.flatMap(([first, ...others]) =>
        first === undefined
          ? []
          : [`${first.id}${others.length === 0 ? "" : ` (${others.length + 1} times)`}: ${first.text}`],
      ),
    ),
  ];
}

/** Of other areas, those that move the choice. */
const shownAssumptions = new Set(["ASM-076", "ASM-077", "ASM-078", "ASM-082"]);

function short(vmSize: string): string {
  return vmSize.replace(/^Standard_/, "").replace(/ Series$/, "");
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

function hours(value: number): string {
  return `${value.toFixed(1)} h`;
}

function points(percentage: number): string {
  return `${Number(percentage.toFixed(1))} %`;
}

function percent(share: number): string {
  if (share === 0 || share > 0.99995) return `${Math.round(100 * share)} %`;
  return `${Math.min(99.9, 100 * share).toFixed(1)} %`;
}

/** Without the currency, which the head says. */
function money({ currency }: CostCommitments, value: number): string {
  return formatMoney(value, currency).slice(currency.length + 1);
}

function signed(report: CostCommitments, value: number): string {
  const text = money(report, Math.abs(value));
  return Math.abs(value) < 0.005 ? "" : value > 0 ? `+${text}` : `-${text}`;
}

function amount({ currency }: CostCommitments, value: number): string {
  return formatMoney(value, currency);
}

function plain(value: number): string {
  return Number(value.toPrecision(6)).toLocaleString("en-US", { maximumFractionDigits: 6 });
}
