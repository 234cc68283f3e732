import type { CostCommitments, SpotChoice, TenantCommitments } from "../../operations/cost/cost-commit-report.ts";
import { money, percent, plain, right, sentence, short } from "./commitment-words.ts";
import { bullets, type Document, heading, paragraph, table } from "./document.ts";
import { listed } from "./words.ts";

/** What advice on commitments stands on: break-evens, curves, spot, what is owned, whose nodes are covered, gaps. */
export function commitmentReasons(report: CostCommitments): Document {
  return [
    ...breakEven(report),
    ...curves(report),
    ...spot(report),
    ...owned(report),
    ...tenants(report),
    ...missing(report),
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
    ...bullets(
      report.owned.flatMap(({ label, advice }) =>
        advice === undefined
          ? []
          : [`${sentence(label.replaceAll("Standard_", ""))}: ${advice}.`.replaceAll("Standard_", "")],
      ),
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
