/** Costs of one name in an answer of `/allocation` of OpenCost or Kubecost. */
export interface AllocatedCosts {
  readonly name: string;
  cpu: number;
  memory: number;
  gpu: number;
  /** Disks, load balancers, network, shared and external costs. */
  other: number;
}

/** An answer of `/allocation`, its sets added up. */
export interface ReadAllocation {
  readonly costs: ReadonlyMap<string, AllocatedCosts>;
  /** First and last moment, ISO 8601; empty where it has none. */
  readonly start: string;
  readonly end: string;
}

const otherFields = [
  "pvCost",
  "pvCostAdjustment",
  "networkCost",
  "networkCostAdjustment",
  "loadBalancerCost",
  "loadBalancerCostAdjustment",
  "sharedCost",
  "externalCost",
];

/** Reads an answer by namespace, by cluster, or by the names that it has; a text says what is wrong with it. */
export function readAllocation(text: string, by: string): ReadAllocation | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "it is no JSON";
  }
  const sets = isRecord(value) ? value["data"] : undefined;
  if (!Array.isArray(sets)) return "it has no list of allocations under data";
  const costs = new Map<string, AllocatedCosts>();
  let [start, end] = ["", ""];
  for (const set of sets.filter(isRecord)) {
    for (const [key, each] of Object.entries(set)) {
      if (!isRecord(each)) continue;
      addTo(costs, nameOf(key, each, by), each);
      const { from, to } = windowOf(each);
      if (from !== "" && (start === "" || from < start)) start = from;
      if (to > end) end = to;
    }
  }
  return costs.size === 0 ? "it holds no allocation" : { costs, start, end };
}

function addTo(costs: Map<string, AllocatedCosts>, name: string, each: { readonly [field: string]: unknown }): void {
  const sum = (...fields: readonly string[]) =>
    fields.reduce((total, field) => {
      const cost = each[field];
      return total + (typeof cost === "number" && Number.isFinite(cost) ? cost : 0);
    }, 0);
  const known = costs.get(name) ?? { name, cpu: 0, memory: 0, gpu: 0, other: 0 };
  known.cpu += sum("cpuCost", "cpuCostAdjustment", "cpuCostIdle");
  known.memory += sum("ramCost", "ramCostAdjustment", "ramCostIdle");
  known.gpu += sum("gpuCost", "gpuCostAdjustment", "gpuCostIdle");
  known.other += sum(...otherFields);
  costs.set(name, known);
}

function nameOf(key: string, each: { readonly [field: string]: unknown }, by: string): string {
  const properties = isRecord(each["properties"]) ? each["properties"] : {};
  const own = properties[by];
  const name = typeof own === "string" && own !== "" && !key.startsWith("__") ? own : key;
  return name === "kube-system" ? "__system__" : name;
}

function windowOf(each: { readonly [field: string]: unknown }): { readonly from: string; readonly to: string } {
  const window = isRecord(each["window"]) ? each["window"] : {};
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  return { from: text(window["start"]) || text(each["start"]), to: text(window["end"]) || text(each["end"]) };
}

function isRecord(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
