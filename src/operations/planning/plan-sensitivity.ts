import type { Catalog } from "../../catalog/catalog.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { planStructure } from "../../planning/plan-structure.ts";
import type { PoolChoices } from "../../planning/pools/pool-choices.ts";
import type { Structure } from "../../planning/structure-plan.ts";
import type { Sensitivity } from "./plan-report.ts";

const hoursPerMonth = 730;

interface SensitivityContext {
  readonly estate: Estate;
  readonly catalog: Catalog;
  readonly structure: Structure;
  readonly choices: PoolChoices;
  readonly signal?: AbortSignal | undefined;
}

/** The plan made again under other premises: prices, growth, objectives. Compared as packed, like with like. */
export function planSensitivity({
  estate,
  catalog,
  structure,
  choices,
  signal,
}: SensitivityContext): readonly Sensitivity[] {
  const again = (changed: Estate, prices: Catalog = catalog, policy = structure.policy) =>
    planStructure(changed, prices, { policy, solvers: undefined, choices, signal });
  const dearer = dearerSizes(structure);
  return [
    sensitivity("A quarter more replicas everywhere", structure, again(grown(estate, 1.25))),
    sensitivity("Twice as many replicas everywhere", structure, again(grown(estate, 2))),
    sensitivity(`${dearer.label} cost 10 % more`, structure, again(estate, withPrices(catalog, dearer.sizes, 1.1))),
    sensitivity(
      "No zone has to be held back",
      structure,
      again(estate, catalog, { ...structure.policy, headroom: [] }),
    ),
  ];
}

function sensitivity(premise: string, base: Structure, other: Structure): Sensitivity {
  const difference = Math.round(((other.hourlyMicros - base.hourlyMicros) / 1e6) * hoursPerMonth * 100) / 100;
  return { premise, difference, nodes: nodesOf(other) - nodesOf(base), changes: changesOf(base, other) };
}

function nodesOf({ clusters }: Structure): number {
  return clusters.flatMap(({ pools }) => pools).reduce((sum, { solved }) => sum + solved.nodes, 0);
}

/** Sizes that pools of one purpose change to, and clusters or pools that come and go. */
function changesOf(base: Structure, other: Structure): readonly string[] {
  const shapes = ({ clusters }: Structure) =>
    new Map(
      clusters.flatMap(({ cluster, classes }) =>
        classes.map(({ candidates, chosen, podClass, isSystemOnly }) => {
          const sizes = (candidates[chosen] ?? []).map(({ size }) => size.size.name.replace("Standard_", ""));
          const name = isSystemOnly ? "system" : (podClass.exclusiveTo ?? (podClass.sandboxed ? "sandbox" : "general"));
          return [`${cluster.name}/${name}`, sizes.join(" and ")] as const;
        }),
      ),
    );
  const [before, after] = [shapes(base), shapes(other)];
  return [...after].flatMap(([name, sizes]) => {
    const was = before.get(name);
    return was === undefined || was === sizes ? [] : [`${name}: ${sizes} instead of ${was}`];
  });
}

function grown(estate: Estate, factor: number): Estate {
  const more = (count: number) => Math.ceil(count * factor);
  return {
    ...estate,
    workloads: estate.workloads.map((workload) =>
      workload.run !== "serving"
        ? workload
        : {
            ...workload,
            replicas: {
              ...workload.replicas,
              minimum: more(workload.replicas.minimum),
              maximum: more(workload.replicas.maximum),
            },
          },
    ),
  };
}

/** The sizes that most of the plan's money goes to. */
function dearerSizes({ clusters }: Structure): { readonly label: string; readonly sizes: ReadonlySet<string> } {
  const spent = new Map<string, number>();
  for (const { solved } of clusters.flatMap(({ pools }) => pools)) {
    const { name } = solved.size.size;
    spent.set(name, (spent.get(name) ?? 0) + solved.nodes * solved.size.hourlyMicros);
  }
  const [most] = [...spent].toSorted((left, right) => right[1] - left[1] || (left[0] < right[0] ? -1 : 1));
  const size = most?.[0] ?? "";
  return { label: `${size.replace("Standard_", "")} nodes`, sizes: new Set([size]) };
}

function withPrices(catalog: Catalog, sizes: ReadonlySet<string>, factor: number): Catalog {
  return {
    ...catalog,
    vmPrice: (region, vmSize, purchase) => {
      const fact = catalog.vmPrice(region, vmSize, purchase);
      return fact === undefined || !sizes.has(vmSize) ? fact : { ...fact, value: fact.value * factor };
    },
  };
}
