import { formatMoney } from "../../estate/figures/format-figure.ts";
import type { RankedOption } from "../../stateful/advice/rank-options.ts";

/**
 * Why the first of the ranking stands there, half a sentence: by what it is better than the rest, and what speaks for one
 * that it was preferred to (a database that the team would run itself may cost less in all).
 */
export function whyFirst(ranked: readonly RankedOption[], currency: string): string | undefined {
  const [first, ...others] = ranked;
  if (first === undefined) return undefined;
  const peers = others.filter(
    ({ standing, option }) => standing === first.standing && hostOf(option) === hostOf(first.option),
  );
  const inAll = (each: RankedOption) =>
    each.totalCost === undefined ? undefined : formatMoney(each.totalCost, currency);
  const next = peers.find(({ totalCost }) => totalCost !== undefined);
  const own = inAll(first);
  const theirs = next === undefined ? undefined : inAll(next);
  const lead =
    next === undefined || own === undefined || theirs === undefined
      ? `the only one ${sort(first, "s")}${peers.length === 0 ? "" : " that has a price"}`
      : own === theirs
        ? `none ${sort(first, "s")} costs less in all than ${own}, and ${next.option.label} costs as much`
        : `of those ${sort(first, "")} it costs least in all, ${own}; next is ${next.option.label}, ${theirs}`;
  return [lead, ...openDemands(first), ...cheaperSelfRun(first, others, currency)].join("; ");
}

function hostOf({ host }: RankedOption["option"]): string {
  return host.kind;
}

function sort({ standing, option }: RankedOption, ending: "s" | ""): string {
  const runner = option.host.kind === "managed" ? "run by Azure" : "for you to run";
  return standing === "fits" ? `${runner} that fit${ending}` : `${runner} that no rule rejects`;
}

function openDemands({ standing, verdicts }: RankedOption): readonly string[] {
  if (standing === "fits") return [];
  const open = new Set(verdicts.filter(({ outcome }) => outcome === "open").map(({ input }) => input));
  return [`nobody vouches for ${[...open].join(", ")}`];
}

/** Managed stands before self-run, whatever it costs: then the price of that preference is said. */
function cheaperSelfRun(first: RankedOption, others: readonly RankedOption[], currency: string): readonly string[] {
  const { totalCost, standing } = first;
  if (first.option.host.kind === "cluster" || totalCost === undefined) return [];
  const cheaper = others
    .filter((each) => each.standing === standing && each.option.host.kind === "cluster")
    .filter((each) => each.totalCost !== undefined && each.totalCost < totalCost)
    .toSorted((left, right) => (left.totalCost ?? 0) - (right.totalCost ?? 0))[0];
  if (cheaper?.totalCost === undefined) return [];
  return [`${cheaper.option.label}, for you to run, would cost ${formatMoney(cheaper.totalCost, currency)} in all`];
}
