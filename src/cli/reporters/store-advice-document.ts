import { type Figure, likelyValue } from "../../estate/figures/figure.ts";
import { formatAvailability, formatMoney } from "../../estate/figures/format-figure.ts";
import type { AdvisedOption, AdvisedStore, StoreAdviceReport } from "../../operations/stateful/store-advice-report.ts";
import { bullets, code, type Document, heading, paragraph, table } from "./document.ts";
import { counted, listed } from "./words.ts";

const mostOptions = 6;
const mostRejections = 8;

/** Each store with its verdict, what was rejected and why, and what would change the answer. */
export function storeAdviceDocument({ stores, notEvaluable, currency, assumptions }: StoreAdviceReport): Document {
  return [
    heading(1, "Stores"),
    ...(stores.length + notEvaluable.length === 0 ? [paragraph("The estate declares no DataStore.")] : []),
    ...table(
      [{ title: "Store" }, { title: "Verdict" }, { title: "Best fit" }, { title: `${currency}/month`, align: "right" }],
      [
        ...stores.map((store) => [
          store.store,
          verdictWords[store.verdict],
          bestFit(store),
          firstCost(store, currency),
        ]),
        ...notEvaluable.map(({ store }) => [store, "not evaluable", "", ""]),
      ],
    ),
    ...notEvaluable.flatMap(({ store, because }) => [
      heading(2, `${store}: not evaluable until its documents are mended`),
      ...bullets(because),
    ]),
    ...stores.flatMap((store) => storeSection(store, currency)),
    heading(2, "Assumed"),
    ...bullets(assumptions.map(({ id, subject, value, text }) => `${id} ${subject}: ${value}. ${text}`)),
  ];
}

const verdictWords = {
  keep: "keep it",
  mayChange: "may change",
  change: "change it",
  choose: "choose",
  impossible: "impossible",
} as const;

/** What only is not rejected is no fit: it says so where it is named first. */
function bestFit({ answer = "nothing fits", options: [first] }: AdvisedStore): string {
  return first?.standing === "open" ? `${answer} (open)` : answer;
}

function firstCost({ options: [first] }: AdvisedStore, currency: string): string {
  return first === undefined ? "" : money(first.monthlyCost, currency);
}

function storeSection(store: AdvisedStore, currency: string): Document {
  return [
    heading(2, `${store.store}: ${headline(store)}`),
    ...bullets(facts(store, currency)),
    ...conflictSection(store),
    ...optionTable(store, currency),
    ...caveatList(store),
    ...rejectedSection(store),
    ...invariantTable(store),
    ...operationTable(store),
    ...(store.patterns.length === 0 ? [] : [heading(3, "Patterns and their price")]),
    ...bullets(store.patterns.map(({ pattern, because, price }) => `${pattern}: ${because}. Price: ${price}.`)),
  ];
}

function headline({ verdict, answer, now }: AdvisedStore): string {
  switch (verdict) {
    case "keep":
      return `keep ${answer}`;
    case "mayChange":
      return `${answer}, though ${now.matches ?? now.service} will do`;
    case "change":
      return `${answer} instead of ${now.matches ?? now.service}`;
    case "choose":
      return `${answer}`;
    case "impossible":
      return "no store that was compared meets these demands";
  }
}

function facts(
  { now, flip, relief, verdict, options, answer, because }: AdvisedStore,
  currency: string,
): readonly string[] {
  const [first] = options;
  const isOpen = first?.standing === "open";
  return [
    ...(because === undefined ? [] : [`Why first: ${because}.`]),
    ...(verdict === "change" && now.standing === "rejected"
      ? [`What is there fails: ${listed(now.failures.map(({ rule, text }) => `${code(rule)} ${text}`))}.`]
      : []),
    ...(verdict === "change" && now.standing === "open"
      ? [`What is there (${now.matches}) is not rejected, but nobody vouches for all of it.`]
      : []),
    ...(isOpen ? [`Nothing is known to fit wholly: ${answer} is the best of those that no rule rejects.`] : []),
    verdict === "impossible" ? wayOut(flip, relief, currency) : flipSentence(flip, currency),
  ];
}

function flipSentence(flip: AdvisedStore["flip"], currency: string): string {
  return flip === undefined
    ? "No change of a single input gives another answer."
    : `Nearest flip: ${change(flip)} gives ${flip.answer ?? "nothing that fits"}${atPrice(flip, currency)}.`;
}

/** What has to be given up so that something fits, and what that costs. */
function wayOut(flip: AdvisedStore["flip"], relief: AdvisedStore["relief"], currency: string): string {
  if (flip?.answer !== undefined)
    return `One relaxation makes it possible: ${change(flip)} gives ${flip.answer}${atPrice(flip, currency)}.`;
  if (relief === undefined) return "No relaxation of up to four demands makes it possible.";
  const changes = listed(relief.changes.map(change), 8);
  return `No single relaxation makes it possible. The fewest: ${changes} together give ${relief.answer}${atPrice(relief, currency)}.`;
}

function change({ input, before, after }: NonNullable<AdvisedStore["relief"]>["changes"][number]): string {
  return `${code(input)} ${before} → ${after}`;
}

function atPrice({ monthlyCost }: { readonly monthlyCost?: number }, currency: string): string {
  return monthlyCost === undefined ? "" : `, ${formatMoney(monthlyCost, currency)}/month`;
}

function conflictSection({ conflict }: AdvisedStore): Document {
  if (conflict === undefined) return [];
  return [
    paragraph(
      conflict.inputs.length === 1
        ? "Every option fails this demand alone (some fail others too). Nearest to it:"
        : `Every option fails at least one of these (some fail others too): ${listed(conflict.inputs.map(code), 8)}. Nearest to each:`,
    ),
    ...bullets([
      ...conflict.verdicts.map(({ input, rule, text }) => `${code(input)}: ${code(rule)} ${text}.`),
      ...(conflict.floor === undefined ? [] : [`No store at all can: ${conflict.floor.text}.`]),
    ]),
  ];
}

function optionTable({ options }: AdvisedStore, currency: string): Document {
  const rows = options.slice(0, mostOptions);
  return [
    ...(rows.length === 0
      ? []
      : [
          heading(
            3,
            `${options[0]?.standing === "fits" ? "Fits" : "Not rejected"}, best first (${rows.length < options.length ? `${rows.length} of ` : ""}${counted(options.length, "option")})`,
          ),
        ]),
    ...table(
      [
        { title: "Option" },
        { title: "Service", align: "right" },
        { title: "In all", align: "right" },
        { title: "Up", align: "right" },
        { title: "Hours", align: "right" },
        { title: "Run by" },
      ],
      rows.map((option) => [
        option.label,
        money(option.monthlyCost, currency),
        option.leadsBelow === undefined ? money(option.totalCost, currency) : `first below ${option.leadsBelow}`,
        availability(option),
        String(option.operatorHours),
        `${option.isManaged ? "Azure" : "you"}${option.standing === "open" ? ", open" : ""}`,
      ]),
    ),
    ...availabilityNote(rows),
  ];
}

/** An SLA is a promise with money behind it, an estimate is not: the two must not be read as one. */
function availabilityNote(options: readonly AdvisedOption[]): Document {
  return options.some(({ isManaged }) => !isManaged)
    ? [
        paragraph(
          "Up: the SLA of what Azure runs; of what you run (~) an estimate from failures of pods, nodes and zones alone, which nobody promises.",
        ),
      ]
    : [];
}

function caveatList({ options: [first] }: AdvisedStore): Document {
  if (first === undefined || first.caveats.length === 0) return [];
  return [
    paragraph("Not promised by anybody, so watch it:"),
    ...bullets(first.caveats.map(({ rule, text }) => `${code(rule)} ${text}`)),
  ];
}

/** Options that one and the same sentence rejects stand together. */
function rejectedSection({ rejected, otherShapes }: AdvisedStore): Document {
  const byReason = Map.groupBy(rejected, ({ failures: [first] }) => `${code(first?.rule ?? "")} ${first?.text ?? ""}`);
  const groups = [...byReason].toSorted(([, left], [, right]) => right.length - left.length);
  return [
    ...(groups.length === 0 ? [] : [heading(3, `Rejected (${counted(rejected.length, "option")})`)]),
    ...bullets([
      ...groups
        .slice(0, mostRejections)
        .map(([reason, options]) => `${reason}: ${listed(options.map(({ label }) => label))}`),
      ...(groups.length > mostRejections
        ? [`${counted(groups.length - mostRejections, "more reason", "more reasons")}, in -o json`]
        : []),
      ...(otherShapes === 0 ? [] : [`${counted(otherShapes, "option")} for other shapes of data`]),
    ]),
  ];
}

function invariantTable({ invariants }: AdvisedStore): Document {
  const rows = invariants.filter(({ invariant }) => invariant !== "none");
  if (rows.length === 0) return [];
  return [
    heading(3, "What writers have to agree on"),
    ...table(
      [{ title: "Invariant" }, { title: "Operation" }, { title: "Needs" }, { title: "Because" }],
      rows.map(({ entity, invariant, operation, need, means, because }) => [
        `${entity}: ${invariant}`,
        operation,
        need === "coordination" && means !== undefined ? meansWords[means] : needWords[need],
        because,
      ]),
    ),
  ];
}

const needWords = { none: "nothing", atomicity: "one transaction", coordination: "agreement" } as const;
const meansWords = {
  escrow: "agreement, or escrow",
  uniqueIndex: "a unique index",
  singleWriterPerKey: "one writer a key",
  serializable: "serializable",
} as const;

const styleWords = {
  functionalCore: "functional core",
  expectedVersion: "expected version",
  lock: "row lock",
  actor: "actor (one writer a key)",
  escrow: "escrow",
} as const;

function operationTable({ tradeOffs, styles }: AdvisedStore): Document {
  if (tradeOffs.length === 0) return [];
  return [
    heading(3, "Operation by operation (PACELC)"),
    ...table(
      [{ title: "Operation" }, { title: "Partition" }, { title: "Else" }, { title: "Because" }],
      tradeOffs.map(({ entity, operation, onPartition, otherwise, because }) => [
        `${operation} ${entity}`,
        onPartition,
        otherwise,
        because,
      ]),
    ),
    ...bullets(styles.map(({ entity, style, because }) => `${entity}: ${styleWords[style]}: ${because}.`)),
  ];
}

function money(figure: Figure, currency: string): string {
  const value = likelyValue(figure);
  return value === undefined ? "no price" : formatMoney(value, currency).replace(`${currency} `, "");
}

function availability({ availability: figure, isManaged }: AdvisedOption): string {
  const value = likelyValue(figure);
  return value === undefined ? "no SLA" : `${isManaged ? "" : "~"}${formatAvailability(value)}`;
}
