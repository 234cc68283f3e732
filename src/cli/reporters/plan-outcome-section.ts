import { likelyValue } from "../../estate/figures/figure.ts";
import { formatMoney } from "../../estate/figures/format-figure.ts";
import type { StructurePlan } from "../../operations/planning/plan-report.ts";
import { code, type Document, heading, paragraph, table } from "./document.ts";
import { counted } from "./words.ts";

/** Less is said to be no difference. */
const negligible = 0.5;

/** The structure in numbers, what it saves and what the way there costs; the first thing that is read. */
export function planSummary({ clusters, bill, comparison, moving, currency, proof }: StructurePlan): string {
  const { declared, planned } = comparison;
  const money = (value: number) => formatMoney(value, currency);
  const pools = clusters.flatMap((cluster) => cluster.pools);
  const nodes = pools.reduce((sum, pool) => sum + pool.nodes, 0);
  const committed = planned.billCommitted - declared.billCommitted;
  return [
    `${counted(clusters.length, "cluster")}, ${counted(pools.length, "node pool")}, ${counted(nodes, "node")}: ${money(likelyValue(bill.planned) ?? 0)} a month, ${againstText(bill.difference, money)} declared.`,
    `With the best commitments bought for both, it is ${money(planned.billCommitted)}, ${againstText(committed, money)} declared.`,
    ...(moving === undefined
      ? []
      : [
          `Moving there costs about ${money(moving.nodesTwice + (moving.operatorCost ?? 0))} once${moving.operatorCost === undefined ? `, and ${moving.operatorHours} hours of work` : ""}.`,
        ]),
    `Nodes and tiers are proven to cost ${proof.gap < 0.0005 ? "no more" : `at most ${(proof.gap * 100).toFixed(1)}% more`} than any other pools for the same separations (what the proof leaves out is under Proof).`,
  ].join(" ");
}

function againstText(difference: number, money: (value: number) => string): string {
  if (Math.abs(difference) < negligible) return "as much as";
  return `${money(Math.abs(difference))} ${difference > 0 ? "more" : "less"} than`;
}

/** Everything that a month comes to before and after, so that a saving can be told from a cost that went elsewhere. */
export function outcomeSection({ comparison, isolation, currency, moving, bill, journeys }: StructurePlan): Document {
  const { declared, planned } = comparison;
  const amount = (value: number) => formatMoney(value, currency).slice(currency.length + 1);
  const signed = (value: number) =>
    Math.abs(value) < 0.005 ? "0" : `${value > 0 ? "+" : "-"}${amount(Math.abs(value))}`;
  const row = (label: string, of: (side: typeof declared) => number) => [
    label,
    amount(of(declared)),
    amount(of(planned)),
    signed(of(planned) - of(declared)),
  ];
  const counts = (label: string, before: number, after: number) => [
    label,
    String(before),
    String(after),
    before === after ? "0" : `${after > before ? "+" : ""}${after - before}`,
  ];
  return [
    heading(2, "What it comes to"),
    ...table(
      [
        { title: `${currency} a month` },
        { title: "Declared", align: "right" },
        { title: "Planned", align: "right" },
        { title: "Difference", align: "right" },
      ],
      [
        row("Bill, declared commitments counted", ({ bill: total }) => total),
        row("Of the bill, commitments paid and not used", ({ unusedCommitments }) => unusedCommitments),
        row("Downtime of journeys", ({ downtimeCost }) => downtimeCost),
        row("Bill and downtime", ({ bill: total, downtimeCost }) => total + downtimeCost),
        row("Bill after the best commitments", ({ billCommitted }) => billCommitted),
        row(
          "Bill after the best commitments, and downtime",
          ({ billCommitted, downtimeCost }) => billCommitted + downtimeCost,
        ),
        counts("Journeys that miss their objective", declared.objectivesMissed, planned.objectivesMissed),
        counts("Pairs of tenants sharing too much", isolation.pairsShortBefore, isolation.pairsShortAfter),
      ],
    ),
    ...commitmentNotes({ comparison, currency, bill }),
    ...movingNotes({ moving, currency, comparison }),
    ...(journeys.length > 0 && declared.downtimeCost + planned.downtimeCost === 0
      ? [paragraph("No journey says what a minute of downtime costs.")]
      : []),
  ];
}

function commitmentNotes({
  comparison: { declared, planned },
  currency,
  bill,
}: Pick<StructurePlan, "comparison" | "currency" | "bill">): Document {
  const money = (value: number) => formatMoney(value, currency);
  const stranded = planned.unusedCommitments - declared.unusedCommitments;
  const committed = planned.billCommitted - declared.billCommitted;
  const unknown = planned.sizesWithoutReservation.filter((size) => !declared.sizesWithoutReservation.includes(size));
  return [
    ...(stranded < negligible
      ? []
      : [
          paragraph(
            `The plan leaves commitments of ${money(stranded)} a month more without anything to cover: exchange them, or wait with those pools until they end.`,
          ),
        ]),
    ...(committed < negligible || bill.difference > -negligible
      ? []
      : [
          paragraph(
            `The saving is one of pay-as-you-go prices: with commitments the declared structure costs ${money(committed)} less than the planned one.${unknown.length === 0 ? "" : ` Of ${shortSizes(unknown)}, which the plan uses, no reservation price is known; with one, the plan may cost less than this says (${code("scantling cost prices --refresh")} gets them).`}`,
          ),
        ]),
  ];
}

function movingNotes({
  moving,
  currency,
  comparison,
}: Pick<StructurePlan, "moving" | "currency" | "comparison">): Document {
  if (moving === undefined) return [];
  const { nodesTwice, overlapDays, operatorHours, operatorCost, paybackMonths } = moving;
  const money = (value: number) => formatMoney(value, currency);
  const nodes = `${money(nodesTwice)} for ${overlapDays} days of new nodes beside old ones`;
  const work =
    operatorCost === undefined
      ? `${operatorHours} hours of work, whose price is not declared (operatorHourCost)`
      : `${money(operatorCost)} for ${operatorHours} hours of work`;
  const payback =
    paybackMonths === undefined
      ? ""
      : ` Paid as you go, bill and downtime pay it back in ${monthsText(paybackMonths)}${committedPayback(comparison, nodesTwice + (operatorCost ?? 0))}.`;
  return [paragraph(`Moving costs once: ${nodes}, and ${work}.${payback}`)];
}

/** What the saving is worth to those who commit anyway. */
function committedPayback({ declared, planned }: StructurePlan["comparison"], movingCost: number): string {
  const saved = declared.billCommitted + declared.downtimeCost - planned.billCommitted - planned.downtimeCost;
  if (saved < negligible) return "; with the best commitments on both sides they never do";
  return `; with the best commitments on both sides in ${monthsText(Math.ceil((movingCost / saved) * 10) / 10)}`;
}

function monthsText(months: number): string {
  return months < 1 ? "less than a month" : `${months} months`;
}

function shortSizes(sizes: readonly string[]): string {
  return sizes.map((size) => size.replace("Standard_", "")).join(", ");
}
