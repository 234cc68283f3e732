import type { Catalog } from "../../catalog/catalog.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { isSameSet } from "../../planning/documents/same-names.ts";
import type { PlannedCluster, Structure } from "../../planning/structure-plan.ts";
import { verifyStructure } from "../../planning/verification/verify-structure.ts";
import { describeSharing } from "../../tenancy/tenancy-report.ts";
import type { EstateFigures } from "./write-figures.ts";

/** The plan, and what the estate comes to with and without it. */
interface PlannedAgainst {
  readonly structure: Structure;
  readonly planned: Estate;
  readonly figures: { readonly declared: EstateFigures; readonly planned: EstateFigures };
}

/**
 * True when what is declared does what the plan does for no more money: the same clusters and tiers, nobody shares more,
 * every pod schedules and, where that is demanded, stands the loss of a zone. Packing is not exact, so that a plan made
 * anew may come out a little dearer than the one that was written before: then there is nothing to change.
 */
export function declaredStands(
  estate: Estate,
  catalog: Catalog,
  { structure, planned, figures }: PlannedAgainst,
): boolean {
  if (figures.declared.monthly > figures.planned.monthly + 0.005) return false;
  if (!structure.clusters.every((each) => isAsDeclared(each))) return false;
  if (pairsShort(estate, catalog) > pairsShort(planned, catalog)) return false;
  const clusters = structure.clusters.flatMap((each) => declaredForm(each, estate) ?? []);
  if (clusters.length < structure.clusters.length) return false;
  const verified = verifyStructure(estate, { ...structure, clusters }, { catalog });
  const isWhole = verified.structure.clusters.every(
    ({ pools }, index) => pools.length === clusters[index]?.pools.length,
  );
  return isWhole && verified.holds;
}

function isAsDeclared({ cluster, template, isDeclared, units }: PlannedCluster): boolean {
  return (
    isDeclared &&
    template.declared !== undefined &&
    cluster.tier === template.tier &&
    isSameSet(cluster.environments, template.environments) &&
    template.nodePools.every(({ countDeclared }) => countDeclared) &&
    units.every((unit) => unit.cluster.name === cluster.name)
  );
}

/** Declared pools and workloads in the place of the planned ones; of packing, which nothing asks for, there is none. */
function declaredForm(planned: PlannedCluster, estate: Estate): PlannedCluster | undefined {
  const { template, pools, units } = planned;
  const like = pools.find(({ podClass }) => podClass?.headroom === true) ?? pools[0];
  if (like === undefined) return undefined;
  const declared = new Map(estate.workloads.map((workload) => [workload.id, workload]));
  return {
    ...planned,
    cluster: template,
    classes: [],
    pools: template.nodePools.map((pool) => ({ ...like, pool, pods: [], addedForScheduler: 0 })),
    units: units.map((unit) => ({ ...unit, workloads: unit.workloads.map((each) => declared.get(each.id) ?? each) })),
  };
}

function pairsShort(estate: Estate, catalog: Catalog): number {
  return describeSharing(estate, catalog).pairs.filter(({ layers }) => layers.some(({ met }) => met === false)).length;
}
