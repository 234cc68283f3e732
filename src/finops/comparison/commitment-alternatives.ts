import type { Catalog } from "../../catalog/catalog.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { PricedEstate } from "../compute-cost.ts";
import { type Alternative, withoutCommitments } from "./alternative.ts";

/** Nodes that run all month, by size and region; spot nodes take no commitment. */
interface SteadyNodes {
  readonly vmSize: string;
  readonly region: string;
  readonly nodes: number;
}

const terms = [1, 3] as const;

/** The declared nodes paid in one way only: pay as you go, reserved, or under a savings plan. */
export function commitmentAlternatives({ context }: PricedEstate): readonly Alternative[] {
  const { estate, catalog } = context;
  const bare = withoutCommitments(estate);
  const steady = steadyNodes(context);
  return [
    {
      kind: "payAsYouGo",
      label: "Everything pay as you go",
      estate: bare,
      notes: ["no commitment, nothing unused"],
      moves: false,
    },
    ...terms.map((termYears): Alternative => reserved(bare, catalog, steady, termYears)),
    ...terms.flatMap((termYears) => planned(bare, catalog, steady, termYears, context.currency.perUsd)),
  ];
}

function steadyNodes({ estate, placement }: PricedEstate["context"]): readonly SteadyNodes[] {
  const counts = new Map<string, { vmSize: string; region: string; nodes: number }>();
  for (const cluster of estate.clusters) {
    for (const { name, vmSize, spot } of cluster.nodePools) {
      const nodes = placement.pools.find((each) => each.cluster === cluster.name && each.pool === name)?.nodes.length;
      if (spot || nodes === undefined || nodes === 0) continue;
      const key = `${cluster.region}/${vmSize}`;
      const known = counts.get(key) ?? { vmSize, region: cluster.region, nodes: 0 };
      counts.set(key, { ...known, nodes: known.nodes + nodes });
    }
  }
  return [...counts.values()];
}

function reserved(bare: Estate, catalog: Catalog, steady: readonly SteadyNodes[], termYears: 1 | 3): Alternative {
  const priced = steady.filter(
    ({ vmSize, region }) =>
      catalog.reservationPrice(region, vmSize, termYears) !== undefined ||
      catalog.reservationRatioElsewhere(vmSize, termYears) !== undefined,
  );
  const left = steady.filter((each) => !priced.includes(each)).map(({ vmSize }) => vmSize);
  const derived = priced.some(
    ({ vmSize, region }) => catalog.reservationPrice(region, vmSize, termYears) === undefined,
  );
  return {
    kind: "reservations",
    label: `Every steady node reserved for ${years(termYears)}`,
    estate: {
      ...bare,
      commercial: {
        ...bare.commercial,
        reservations: priced.map(({ vmSize, region, nodes }) => ({
          vmSize,
          region,
          quantity: nodes,
          termYears,
          until: undefined,
        })),
      },
    },
    notes: [
      "paid whether it runs or not",
      ...(derived ? ["some rates by the ratio of other regions"] : []),
      ...(left.length === 0 ? [] : [`no reservation price of ${[...new Set(left)].join(", ")}: pay as you go`]),
    ],
    moves: false,
  };
}

/** A plan as large as what its rates make of all steady nodes that have one. */
function planned(
  bare: Estate,
  catalog: Catalog,
  steady: readonly SteadyNodes[],
  termYears: 1 | 3,
  perUsd: number,
): readonly Alternative[] {
  const rates = steady.flatMap(({ vmSize, region, nodes }) => {
    const rate = catalog.savingsPlanPrice(region, vmSize, termYears)?.value;
    return rate === undefined ? [] : [rate * nodes];
  });
  if (rates.length === 0) return [];
  const hourlyCommitment = rates.reduce((sum, rate) => sum + rate, 0) * perUsd;
  const without = steady.length - rates.length;
  return [
    {
      kind: "savingsPlan",
      label: `A savings plan over every steady node for ${years(termYears)}`,
      estate: {
        ...bare,
        commercial: { ...bare.commercial, savingsPlans: [{ hourlyCommitment, termYears, until: undefined }] },
      },
      notes: [
        `commits ${hourlyCommitment.toFixed(2)} an hour`,
        "moves between sizes and regions",
        ...(without === 0 ? [] : [`no rate of ${without} of ${steady.length} sizes: pay as you go`]),
      ],
      moves: false,
    },
  ];
}

function years(term: 1 | 3): string {
  return term === 1 ? "1 year" : "3 years";
}
