import type { PackingProblem } from "../packing-problem.ts";

/**
 * Price of the cheapest plan for a tiny problem, found by trying every way to put pod after pod onto an open node or a new
 * one; undefined when not all pods can be placed.
 */
export function cheapestByTrial(problem: PackingProblem): number | undefined {
  const pods = problem.shapes.flatMap((shape) => Array.from({ length: shape.quantity }, () => shape));
  const open: { type: number; free: number[]; shapes: string[] }[] = [];
  let best = Number.POSITIVE_INFINITY;
  const conflict = (left: string, right: string): boolean =>
    (problem.conflicts ?? []).some(([a, b]) => (a === left && b === right) || (a === right && b === left));
  const place = (index: number, price: number): void => {
    if (price >= best) return;
    const pod = pods[index];
    if (pod === undefined) {
      best = price;
      return;
    }
    const attempt = (node: (typeof open)[number], nextPrice: number): void => {
      const { name } = problem.nodeTypes[node.type] ?? { name: "" };
      if (pod.nodeTypes !== undefined && !pod.nodeTypes.includes(name)) return;
      if (pod.size.some((size, k) => size > (node.free[k] ?? 0))) return;
      if (node.shapes.some((other) => conflict(other, pod.name))) return;
      if (node.shapes.filter((other) => other === pod.name).length >= (pod.perNode ?? pods.length)) return;
      for (const [k, size] of pod.size.entries()) node.free[k] = (node.free[k] ?? 0) - size;
      node.shapes.push(pod.name);
      place(index + 1, nextPrice);
      node.shapes.pop();
      for (const [k, size] of pod.size.entries()) node.free[k] = (node.free[k] ?? 0) + size;
    };
    for (const node of open) attempt(node, price);
    for (const [type, { capacity, price: nodePrice, limit }] of problem.nodeTypes.entries()) {
      if (open.filter((node) => node.type === type).length >= (limit ?? pods.length)) continue;
      const node = { type, free: [...capacity], shapes: [] };
      open.push(node);
      attempt(node, price + nodePrice);
      open.pop();
    }
  };
  place(0, 0);
  return Number.isFinite(best) ? best : undefined;
}
