import type { ClusterAutoscalerProfile } from "./cluster-autoscaler-profile.ts";
import type { ScaleUpOption } from "./estimate-nodes.ts";

/**
 * The option that the expander takes; ties are drawn. `least-waste` adds the shares of CPU and memory left over, on the
 * machine's capacity. Source: kubernetes/autoscaler expander/.
 */
export function chooseOption(
  options: readonly ScaleUpOption[],
  { expander, priorities }: Pick<ClusterAutoscalerProfile, "expander" | "priorities">,
  random: () => number,
): ScaleUpOption | undefined {
  const best = bestOptions(options, expander, priorities);
  return best[Math.min(best.length - 1, Math.floor(random() * best.length))];
}

function bestOptions(
  options: readonly ScaleUpOption[],
  expander: ClusterAutoscalerProfile["expander"],
  priorities: readonly string[],
): readonly ScaleUpOption[] {
  switch (expander) {
    case "random":
      return options;
    case "most-pods":
      return lowest(options, ({ pods }) => -pods.length);
    case "least-nodes":
      return lowest(options, ({ nodes }) => nodes);
    case "least-waste":
      return lowest(options, wasteOf);
    case "price":
      return lowest(options, ({ pool, nodes }) => pool.pool.pricePerNodeHour * nodes);
    case "priority": {
      const wanted = options.filter(({ pool }) => priorities.includes(pool.pool.name));
      return lowest(wanted, ({ pool }) => priorities.indexOf(pool.pool.name));
    }
  }
}

function wasteOf({ pool, nodes, pods }: ScaleUpOption): number {
  const { cpuMillicores, memoryBytes } = pool.pool.machine;
  const asked = (resource: string) =>
    pods.reduce((sum, { template }) => sum + (template.requests.real[resource] ?? 0), 0);
  const left = (requested: number, capacity: number) => (capacity > 0 ? 1 - requested / capacity : 0);
  return left(asked("cpu"), cpuMillicores * nodes) + left(asked("memory"), memoryBytes * nodes);
}

function lowest(
  options: readonly ScaleUpOption[],
  measure: (option: ScaleUpOption) => number,
): readonly ScaleUpOption[] {
  const measured = options.map((option) => ({ option, value: measure(option) }));
  const least = Math.min(...measured.map(({ value }) => value));
  return measured.filter(({ value }) => value <= least + 1e-12).map(({ option }) => option);
}
