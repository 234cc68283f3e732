import type { Catalog } from "../../catalog/catalog.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { isSameSet } from "../../planning/documents/same-names.ts";
import type { PlannedCluster, Structure } from "../../planning/structure-plan.ts";
import { type ClusterVerification, hasHeadroom } from "../../planning/verification/cluster-trial.ts";
import { verifyStructure } from "../../planning/verification/verify-structure.ts";
import { describeSharing } from "../../tenancy/tenancy-report.ts";
import type { EstateFigures } from "./write-figures.ts";

/** The plan, and what the estate comes to with and without it. */
interface PlannedAgainst {
  readonly structure: Structure;
  readonly planned: Estate;
  /** What the scheduler makes of the plan. */
  readonly verification: readonly ClusterVerification[];
  readonly figures: { readonly declared: EstateFigures; readonly planned: EstateFigures };
}

/**
 * True when what is declared does what the plan does for no more money: the same clusters and tiers, nobody shares what the plan keeps apart,
 * every pod schedules and, where that is demanded, stands the loss of a zone. Packing is not exact, so that a plan made
 * anew may come out a little dearer than the one that was written before: then there is nothing to change.
 */
export function declaredStands(
  estate: Estate,
  catalog: Catalog,
  { structure, planned, verification, figures }: PlannedAgainst,
): boolean {
  if (figures.declared.monthly > figures.planned.monthly + 0.005) return false;
  if (!structure.clusters.every((each) => isAsDeclared(each))) return false;
  const unmet = unmetSharing(planned, catalog);
  if (![...unmetSharing(estate, catalog)].every((each) => unmet.has(each))) return false;
  const clusters = structure.clusters.flatMap((each) => declaredForm(each, estate) ?? []);
  if (clusters.length < structure.clusters.length) return false;
  const verified = verifyStructure(estate, { ...structure, clusters }, { catalog });
  const isWhole = verified.structure.clusters.every(
    ({ pools }, index) => pools.length === clusters[index]?.pools.length,
  );
  return isWhole && verified.holds && clusters.every((each) => standsZones(each, verified.clusters, verification));
}

/** With a zone gone, every workload that runs on in the plan runs on in what is declared; without a node nobody lacks room. */
function standsZones(
  planned: PlannedCluster,
  declared: readonly ClusterVerification[],
  verification: readonly ClusterVerification[],
): boolean {
  if (!hasHeadroom(planned)) return true;
  const waiting = (clusters: readonly ClusterVerification[]) =>
    new Set(
      clusters
        .filter(({ cluster }) => cluster === planned.cluster.name)
        .flatMap(({ zones }) => zones.flatMap(({ pending }) => pending.map(({ workload }) => workload))),
    );
  const alsoPlanned = waiting(verification);
  return [...waiting(declared)].every((workload) => alsoPlanned.has(workload));
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

/** What tenants share and one of them does not accept, layer by layer: policies outside of the plan leave some to both. */
function unmetSharing(estate: Estate, catalog: Catalog): ReadonlySet<string> {
  return new Set(
    describeSharing(estate, catalog).pairs.flatMap(({ tenants, layers }) =>
      layers.filter(({ met }) => met === false).map(({ layer }) => [...tenants.toSorted(), layer].join("\n")),
    ),
  );
}
