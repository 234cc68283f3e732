import { likelyValue } from "../../estate/figures/figure.ts";
import { formatMoney } from "../../estate/figures/format-figure.ts";
import type { LoadStrategy, StrategyOutcome } from "./simulate-load-report.ts";

const names: { readonly [strategy in LoadStrategy]: string } = {
  reactive: "Scaling as declared",
  prescaled: "Pre-scaling",
  "scale-to-zero": "Scaling to zero",
  "off-hours": "Stopping outside hours",
  serverless: "Container Apps",
  functions: "Functions",
  fixed: "Fixed replicas",
};

/** Losing less than this share counts as serving nearly all. */
const nearlyAll = 1e-4;
/** Costs that differ by less than this ratio count as the same. */
const sameCost = 5e-4;

/** What the figures mean, in sentences: each strategy beside the first, and which is the cheapest that serves. */
export function loadVerdict(strategies: readonly StrategyOutcome[]): readonly string[] {
  const [first, ...others] = strategies;
  if (first === undefined) return [];
  const sentences = [`${names[first.strategy]} ${servesWords(first)}.`];
  for (const other of others)
    sentences.push(`${names[other.strategy]} ${costWords(other, first)} and ${servesWords(other)}.`);
  return [...sentences, ...idleRoomWords(strategies), ...cheapestWords(strategies)];
}

/** Where the nodes are there anyway, scaling the workload saves nothing. */
function idleRoomWords(strategies: readonly StrategyOutcome[]): readonly string[] {
  const free = strategies.filter(({ workloadCost }) => likelyValue(workloadCost) === 0);
  const held = free.flatMap((each) => {
    const amount = likelyValue(each.heldCost);
    return amount === undefined
      ? []
      : [{ name: names[each.strategy], amount, currency: each.heldCost.unit.slice(0, 3) }];
  });
  const [least] = held.toSorted((left, right) => left.amount - right.amount);
  const [most] = held.toSorted((left, right) => right.amount - left.amount);
  if (least === undefined || most === undefined) return [];
  const words = ({ name, amount, currency }: typeof least) => `${lowered(name)} ${formatMoney(amount, currency)}`;
  const room =
    least.amount === most.amount
      ? `The room that its replicas hold on them costs ${formatMoney(least.amount, least.currency)}.`
      : `The room that its replicas hold on them tells the strategies apart: from ${words(least)} to ${words(most)}. The difference is room for other workloads, and money once the smallest node counts of the pools are lowered.`;
  return [
    "Nodes that are there anyway carry the workload at no cost of its own: it is the smallest node counts of the pools that cost, not how it scales.",
    room,
  ];
}

/** A name in the middle of a sentence; products keep their capitals. */
function lowered(name: string): string {
  return name === names.serverless || name === names.functions ? name : name.toLowerCase();
}

function costWords({ cost }: StrategyOutcome, first: StrategyOutcome): string {
  const amount = likelyValue(cost);
  const base = likelyValue(first.cost);
  if (amount === undefined || base === undefined || base === 0) return "has a cost that is not evaluable";
  const percent = (100 * (amount - base)) / base;
  if (Math.abs(percent) < 100 * sameCost) return "costs the same";
  return `costs ${percentText(Math.abs(percent))} ${percent > 0 ? "more" : "less"}`;
}

function servesWords({ unservedShare, unserved, coldStarts }: StrategyOutcome): string {
  const share = likelyValue(unservedShare) ?? 0;
  const lost = likelyValue(unserved) ?? 0;
  const cold = likelyValue(coldStarts) ?? 0;
  const starts = cold === 0 ? "" : `, with ${cold} cold start${cold === 1 ? "" : "s"}`;
  if (lost === 0) return `serves all${starts}`;
  if (share < nearlyAll) return `serves nearly all (${percentText(share * 100)} lost)${starts}`;
  return `does not serve ${percentText(share * 100)} of the demand${starts}`;
}

/** The cheapest among those that serve nearly all, when there are several to choose from. */
function cheapestWords(strategies: readonly StrategyOutcome[]): readonly string[] {
  if (strategies.length < 2) return [];
  const serving = strategies.filter(
    (each) => (likelyValue(each.unservedShare) ?? 1) < nearlyAll && likelyValue(each.cost) !== undefined,
  );
  if (serving.length === 0) return ["None of them serves nearly all of the demand."];
  const least = Math.min(...serving.map(({ cost }) => likelyValue(cost) ?? 0));
  const cheapest = serving
    .filter(({ cost }) => (likelyValue(cost) ?? 0) <= least * (1 + sameCost))
    .map(({ strategy }) => lowered(names[strategy]));
  if (cheapest.length === 1) return [`The cheapest that serves nearly all is ${cheapest[0]}.`];
  const others = serving.length > cheapest.length ? ", less than the others that serve nearly all" : "";
  return [`${sentence(cheapest)} cost the same${others}.`];
}

/** Names as the beginning of a sentence, such as `A, b and c`. */
function sentence(parts: readonly string[]): string {
  const text = `${parts.slice(0, -1).join(", ")} and ${parts.at(-1) ?? ""}`;
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** Three significant digits, such as 4.21 %, 0.00314 %. */
export function percentText(percent: number): string {
  return `${Number(percent.toPrecision(3))} %`;
}
