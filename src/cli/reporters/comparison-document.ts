import { formatMoney } from "../../estate/figures/format-figure.ts";
import type { ComparedAlternative, CostComparison } from "../../operations/cost/cost-comparison.ts";
import { bullets, type Document, heading, paragraph, table } from "./document.ts";
import { counted } from "./words.ts";

const groups: readonly { readonly title: string; readonly kinds: readonly ComparedAlternative["kind"][] }[] = [
  { title: "Other ways to pay", kinds: ["payAsYouGo", "reservations", "savingsPlan", "spot"] },
  { title: "Other VM sizes", kinds: ["vmFamily"] },
  { title: "Other regions", kinds: ["region"] },
];

/** The declared bill, and beside it every other one with what it changes. */
export function comparisonDocument(comparison: CostComparison): Document {
  const { declared, currency, alternatives } = comparison;
  return [
    heading(1, `Ways to pay for ${comparison.estate}`),
    paragraph(
      `As declared: ${formatMoney(declared.likely, currency)} a month${declared.unusedCommitment > 0 ? `, of it ${formatMoney(declared.unusedCommitment, currency)} unused commitments` : ""}. Each way is priced as a whole; it replaces the declared commitments.`,
    ),
    ...groups.flatMap(({ title, kinds }) => {
      const own = alternatives.filter(({ kind }) => kinds.includes(kind));
      return own.length === 0 ? [] : groupItems(title, own, comparison);
    }),
  ];
}

function groupItems(title: string, own: readonly ComparedAlternative[], { currency }: CostComparison): Document {
  const money = (amount: number) => formatMoney(amount, currency).slice(currency.length + 1);
  const right = (text: string) => ({ title: text, align: "right" }) as const;
  return [
    heading(2, title),
    ...table(
      [{ title: "Way" }, right(`${currency} a month`), right("Against declared"), right("Unused")],
      own.map((each) => [
        each.newlyUnpriced.length > 0 ? `${each.label} *` : each.label,
        money(each.likely),
        each.newlyUnpriced.length > 0 ? "partial" : `${each.difference > 0 ? "+" : ""}${money(each.difference)}`,
        each.unusedCommitment > 0 ? money(each.unusedCommitment) : "",
      ]),
    ),
    ...bullets(own.map((each) => [each.label, notesOf(each)] as const).map(([label, notes]) => `${label}: ${notes}`)),
  ];
}

function notesOf({ notes, newlyUnpriced, newlyUnplaced }: ComparedAlternative): string {
  return [
    ...notes,
    ...(newlyUnpriced.length > 0
      ? [`* partial, ${counted(newlyUnpriced.length, "more thing")} without a price (${newlyUnpriced[0]})`]
      : []),
    ...(newlyUnplaced > 0 ? [`${counted(newlyUnplaced, "pod")} would find no place`] : []),
  ].join("; ");
}
