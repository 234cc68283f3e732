import { changeEffectSources } from "../../../src/catalog/change-effects.ts";
import type { Estate } from "../../../src/estate/model/estate.ts";
import { rollingCost } from "../../../src/gitops/cloud/effects/rolling-cost.ts";
import { cloudGraph } from "../../../src/gitops/cloud/graph/cloud-graph.ts";
import type { ResourceGraph } from "../../../src/gitops/cloud/graph/resource-graph.ts";
import { infrastructureChanges } from "../../../src/operations/gitops/infrastructure-changes.ts";
import type { InfrastructureChanges } from "../../../src/operations/gitops/repository-report.ts";
import { editEstate } from "./cloud-edits.ts";
import type { CloudEdit, EditEffects } from "./delivery-request.ts";

const clusterType = "Microsoft.ContainerService/managedClusters";
const poolType = `${clusterType}/agentPools`;
const graphs = new WeakMap<Estate, ResourceGraph>();

/** What an edit of the estate does on every target: the same engine as that of `scantling render --diff`. */
export function editEffects(estate: Estate, edit: CloudEdit): EditEffects {
  const edited = editEstate(estate, edit);
  if (edited.kind === "refused") return edited;
  const before = graphOf(estate);
  const changes = infrastructureChanges(before, cloudGraph(edited.estate).graph);
  const ids = new Set(changes.changes.flatMap(({ source }) => source ?? []));
  return {
    kind: "told",
    before: edited.before,
    after: edit.value.trim(),
    changes,
    pools: rollingPools(before, edit, changes),
    sources: Object.fromEntries(
      [...ids].flatMap((id) => {
        const source = changeEffectSources[id];
        if (source === undefined) return [];
        const title = source.path === undefined ? source.origin : `${source.origin}, ${source.path}`;
        return [[id, { title, date: source.date }] as const];
      }),
    ),
  };
}

function graphOf(estate: Estate): ResourceGraph {
  const kept = graphs.get(estate);
  if (kept !== undefined) return kept;
  const { graph } = cloudGraph(estate);
  graphs.set(estate, graph);
  return graph;
}

/** Pools that roll because their cluster does; one that changes itself says so in its own change. */
function rollingPools(
  { resources }: ResourceGraph,
  { part }: CloudEdit,
  { changes }: InfrastructureChanges,
): Extract<EditEffects, { kind: "told" }>["pools"] {
  const rolls = changes.some(
    ({ resource, effects }) => resource.startsWith("cluster ") && effects.bicep.startsWith("rolling"),
  );
  if (!rolls) return [];
  const [, cluster = ""] = part.split("/");
  const own = resources.find(({ type, tells }) => type === clusterType && tells === `Cluster/${cluster}`);
  const pools = resources.filter(({ type, parent }) => type === poolType && parent === own?.key);
  return pools
    .filter((pool) => !changes.some(({ resource }) => resource === `pool ${cluster}/${pool.name}`))
    .map((pool) => ({ pool: `${cluster}/${pool.name}`, rolling: rollingCost(pool.properties, false) }));
}
