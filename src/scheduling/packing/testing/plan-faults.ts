import type { PackingPlan } from "../packing-plan.ts";
import type { PackingProblem } from "../packing-problem.ts";

/** Everything about a plan that breaks a rule of its problem, in words; none for a valid plan. */
export function planFaults(problem: PackingProblem, plan: PackingPlan): readonly string[] {
  const faults: string[] = [];
  const placed = new Map<string, number>();
  const bought = new Map<string, number>();
  let price = 0;
  for (const { nodeType, count, pods } of plan.nodes) {
    const type = problem.nodeTypes.find(({ name }) => name === nodeType);
    if (type === undefined) return [`no node type ${nodeType}`];
    price += count * type.price;
    bought.set(nodeType, (bought.get(nodeType) ?? 0) + count);
    const used = type.capacity.map(() => 0);
    const names = pods.map(({ shape }) => shape);
    for (const { shape: name, count: copies } of pods) {
      const shape = problem.shapes.find((each) => each.name === name);
      if (shape === undefined) return [`no shape ${name}`];
      placed.set(name, (placed.get(name) ?? 0) + count * copies);
      for (const [k, size] of shape.size.entries()) used[k] = (used[k] ?? 0) + copies * size;
      if (copies < 1 || copies > (shape.perNode ?? copies)) faults.push(`${copies} of ${name} on ${nodeType}`);
      if (shape.nodeTypes?.includes(nodeType) === false) faults.push(`${name} is not admitted on ${nodeType}`);
    }
    for (const [k, amount] of used.entries()) {
      if (amount > (type.capacity[k] ?? 0)) faults.push(`${nodeType} is overfull in ${problem.dimensions[k]}`);
    }
    for (const [left, right] of problem.conflicts ?? []) {
      if (names.includes(left) && names.includes(right)) faults.push(`${left} and ${right} share ${nodeType}`);
    }
  }
  for (const { name, limit } of problem.nodeTypes) {
    if ((bought.get(name) ?? 0) > (limit ?? Number.POSITIVE_INFINITY)) faults.push(`more of ${name} than its limit`);
  }
  for (const { name, quantity } of problem.shapes) {
    const left = plan.unplaced.filter(({ shape }) => shape === name).reduce((sum, { count }) => sum + count, 0);
    if ((placed.get(name) ?? 0) + left !== quantity)
      faults.push(`${placed.get(name) ?? 0} + ${left} of ${quantity} ${name}`);
  }
  if (price !== plan.price) faults.push(`price ${plan.price} for nodes of ${price}`);
  return faults;
}
