import { likelyValue } from "../estate/figures/figure.ts";
import type { LoadStrategy, StrategyOutcome } from "./simulate-load-report.ts";

const names: { readonly [strategy in LoadStrategy]: string } = {
  reactive: "Scaling as declared",
  prescaled: "Pre-scaling",
  "scale-to-zero": "Scaling to zero",
  serverless: "Container Apps",
  functions: "Functions",
  fixed: "Fixed replicas",
};

/** Losing less than this share counts as serving nearly all. */
const nearlyAll = 1e-4;

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
  const isFree = strategies.some(({ workloadCost }) => likelyValue(workloadCost) === 0);
  if (!isFree) return [];
  return [
    "Nodes that are there anyway carry the workload at no cost of its own: it is the smallest node counts of the pools that cost, not how it scales.",
  ];
}

function costWords({ cost }: StrategyOutcome, first: StrategyOutcome): string {
  const amount = likelyValue(cost);
  const base = likelyValue(first.cost);
  if (amount === undefined || base === undefined || base === 0) return "has a cost that is not evaluable";
  const percent = (100 * (amount - base)) / base;
  if (Math.abs(percent) < 0.05) return "costs the same";
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
  const cheapest = serving.reduce((best, each) =>
    (likelyValue(each.cost) ?? 0) < (likelyValue(best.cost) ?? 0) ? each : best,
  );
  return [
    `The cheapest that serves nearly all is ${names[cheapest.strategy].toLowerCase().replace("container apps", "Container Apps").replace("functions", "Functions")}.`,
  ];
}

/** Three significant digits, such as 4.21 %, 0.00314 %. */
export function percentText(percent: number): string {
  return `${Number(percent.toPrecision(3))} %`;
}
