import type { DifferencePart } from "./difference-reason.ts";
import type { AllocatedCosts } from "./read-allocation.ts";

type Costs = Omit<AllocatedCosts, "name">;

/** What both sides charge in all, by which their levels and their split of a node's price are compared. */
export interface AllocationLevels {
  readonly declared: AllocatedCosts;
  readonly billed: AllocatedCosts;
}

const noCosts: Costs = { cpu: 0, memory: 0, gpu: 0, other: 0 };

/**
 * Why an allocation differs from ours; the amounts add up to billed − declared. First how the price of a node is split
 * between CPU and memory; then how much nodes cost in all; then how much the name uses of them; then all that is no node.
 */
export function explainAllocation(
  declared: AllocatedCosts | undefined,
  billed: AllocatedCosts | undefined,
  levels: AllocationLevels,
): readonly DifferencePart[] {
  if (declared === undefined && billed !== undefined)
    return [{ reason: "notDeclared", amount: totalOf(billed), text: "the estate declares nothing by this name" }];
  if (declared !== undefined && billed === undefined)
    return [{ reason: "notBilled", amount: -totalOf(declared), text: "the answer has nothing by this name" }];
  const [ours, theirs] = [declared ?? noCosts, billed ?? noCosts];
  const [oursNodes, theirNodes] = [nodesOf(ours), nodesOf(theirs)];
  if (!hasNodes(ours) || !hasNodes(theirs))
    return kept([
      { reason: "otherCost", amount: totalOf(theirs) - totalOf(ours), text: "one side has no cost of nodes for it" },
    ]);
  const resplit = resplitCost(theirs, levels);
  const [oursLevel, theirLevel] = [nodesOf(levels.declared), nodesOf(levels.billed)];
  const atOurLevel = theirLevel === 0 ? resplit : (resplit * oursLevel) / theirLevel;
  const parts: readonly DifferencePart[] = [
    { reason: "splitRatio", amount: theirNodes - resplit, text: splitText(levels) },
    {
      reason: "priceLevel",
      amount: resplit - atOurLevel,
      text: `all nodes cost ${theirLevel.toFixed(2)} there, ${oursLevel.toFixed(2)} here: commitments, discounts, number of nodes`,
    },
    { reason: "usage", amount: atOurLevel - oursNodes, text: "other requests, usage or hours of its pods" },
    {
      reason: "otherCost",
      amount: theirs.other - ours.other,
      text: "disks, load balancers, network, shared and external costs",
    },
  ];
  return kept(parts);
}

/** Names that have a cost of nodes on both sides tell the levels: answers differ in where they put the rest. */
export function hasNodes(costs: Costs): boolean {
  return nodesOf(costs) > 0;
}

/** Less than a thousandth of a cent is the arithmetic's. */
function kept(parts: readonly DifferencePart[]): readonly DifferencePart[] {
  return parts.filter(({ amount }) => Math.abs(amount) > 1e-5);
}

/** Their cost of nodes if they split a node's price between CPU and memory as we do. */
function resplitCost(theirs: Costs, { declared, billed }: AllocationLevels): number {
  const shareOf = ({ cpu, memory }: AllocatedCosts) => (cpu + memory > 0 ? cpu / (cpu + memory) : undefined);
  const [ourShare, theirShare] = [shareOf(declared), shareOf(billed)];
  if (ourShare === undefined || theirShare === undefined || theirShare <= 0 || theirShare >= 1) return nodesOf(theirs);
  return theirs.gpu + (theirs.cpu * ourShare) / theirShare + (theirs.memory * (1 - ourShare)) / (1 - theirShare);
}

function splitText({ declared, billed }: AllocationLevels): string {
  const percent = ({ cpu, memory }: AllocatedCosts) =>
    cpu + memory > 0 ? `${((memory / (cpu + memory)) * 100).toFixed(0)} %` : "nothing";
  return `memory is ${percent(billed)} of CPU and memory there, ${percent(declared)} here`;
}

function nodesOf({ cpu, memory, gpu }: Costs): number {
  return cpu + memory + gpu;
}

export function totalOf(costs: Costs): number {
  return nodesOf(costs) + costs.other;
}
