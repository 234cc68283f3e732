import { likelyValue } from "../../../src/estate/figures/figure.ts";
import type { Assessment } from "../../../src/operations/assessment/assessment.ts";
import type { ClusterStructure, PoolStructure } from "../../../src/tenancy/structure-report.ts";
import type { Box } from "./box.ts";
import { outsideTargets } from "./outside-targets.ts";
import { plural } from "./plural.ts";
import { workloadIdParts } from "./workload-id.ts";

type WorkloadSummary = Assessment["estate"]["workloads"][number];

/** Nested boxes of the map: region, cluster, pool, workload; workloads without a pool; what lies outside. Parents first. */
export function buildBoxes(assessment: Assessment): readonly Box[] {
  const summaries = new Map(assessment.estate.workloads.map((workload) => [workload.id, workload]));
  const boxes: Box[] = [];
  for (const region of regionNames(assessment)) {
    const clusters = assessment.structure.clusters.filter((cluster) => cluster.region === region);
    const regionBox = frame("region", `region/${region}`, undefined, region, plural(clusters.length, "cluster"));
    const inner = clusters
      .toSorted(byName((cluster) => cluster.cluster))
      .flatMap((cluster) => clusterBoxes(cluster, regionBox.id, summaries));
    boxes.push(withContents(regionBox, inner), ...inner);
  }
  return [...boxes, ...outsideBoxes(assessment)];
}

function regionNames(assessment: Assessment): readonly string[] {
  return [...new Set(assessment.structure.clusters.map((cluster) => cluster.region))].sort();
}

function clusterBoxes(
  cluster: ClusterStructure,
  region: string,
  summaries: ReadonlyMap<string, WorkloadSummary>,
): readonly Box[] {
  const detail = [cluster.environments.join(", "), `tier ${cluster.tier}`].filter((part) => part !== "").join(" · ");
  const clusterBox = frame("cluster", `cluster/${cluster.cluster}`, region, cluster.cluster, detail);
  const severalEnvironments = cluster.environments.length > 1;
  const pools = cluster.pools
    .toSorted((a, b) => modeRank(a) - modeRank(b) || a.pool.localeCompare(b.pool))
    .flatMap((pool) => poolBoxes(pool, cluster.cluster, summaries, severalEnvironments));
  const waiting = waitingBoxes(cluster, summaries, severalEnvironments);
  const inner = [...pools, ...waiting];
  return [withContents(clusterBox, inner), ...inner];
}

function poolBoxes(
  pool: PoolStructure,
  cluster: string,
  summaries: ReadonlyMap<string, WorkloadSummary>,
  severalEnvironments: boolean,
): readonly Box[] {
  const poolName = pool.pool.split("/").at(-1) ?? pool.pool;
  const poolBox = frame("pool", `pool/${cluster}/${poolName}`, `cluster/${cluster}`, poolName, poolDetail(pool));
  const workloads = pool.workloads
    .map(({ workload, pods }) => workloadBox(workload, pods, poolBox.id, summaries, severalEnvironments))
    .toSorted(byNamespaceThenName);
  return [withContents(poolBox, workloads), ...workloads];
}

function poolDetail(pool: PoolStructure): string {
  const nodes = likelyValue(pool.nodes);
  const size = pool.vmSize.replace(/^Standard_/, "");
  const count = nodes === undefined ? `? × ${size}` : `${nodes} × ${size}`;
  const zones = pool.zones.length === 0 ? "no zones" : plural(pool.zones.length, "zone");
  return `${count} · ${zones}`;
}

/** Workloads of the cluster that are on no pool: those nothing admits, and those that run no pods now. */
function waitingBoxes(
  cluster: ClusterStructure,
  summaries: ReadonlyMap<string, WorkloadSummary>,
  severalEnvironments: boolean,
): readonly Box[] {
  const placed = new Set(cluster.pools.flatMap((pool) => pool.workloads.map((workload) => workload.workload)));
  const unplaced = new Map(cluster.unplaced.map((workload) => [workload.workload, workload.reason]));
  const ids = [...summaries.keys()].filter(
    (id) => workloadIdParts(id)?.cluster === cluster.cluster && !placed.has(id) && !unplaced.has(id),
  );
  const all = [...unplaced.keys(), ...ids];
  if (all.length === 0) return [];
  const id = `waiting/${cluster.cluster}`;
  const label = unplaced.size > 0 ? "Not on a pool" : "At rest";
  const detail = unplaced.size > 0 ? `${plural(unplaced.size, "workload")} that no pool admits` : "";
  const box = frame("waiting", id, `cluster/${cluster.cluster}`, label, detail);
  const inner = all
    .map((workload) => workloadBox(workload, 0, id, summaries, severalEnvironments))
    .toSorted(byNamespaceThenName);
  return [withContents(box, inner), ...inner];
}

function workloadBox(
  id: string,
  pods: number,
  parent: string,
  summaries: ReadonlyMap<string, WorkloadSummary>,
  severalEnvironments: boolean,
): Box {
  const parts = workloadIdParts(id);
  const tenant = summaries.get(id)?.tenant;
  const namespace = parts?.namespace ?? "";
  return {
    id: `${parent}|${id}`,
    kind: "workload",
    selection: `workload/${id}`,
    parent,
    label: parts?.name ?? id,
    detail: severalEnvironments && parts !== undefined ? `${parts.environment} · ${namespace}` : namespace,
    workloads: [id],
    tenants: tenant === undefined ? [] : [tenant],
    pods,
  };
}

function outsideBoxes(assessment: Assessment): readonly Box[] {
  const targets = outsideTargets(assessment);
  if (targets.length === 0) return [];
  const box = frame("outside", "outside", undefined, "Outside", plural(targets.length, "dependency", "dependencies"));
  const inner = targets.map(
    (target): Box => ({
      id: `target/${target.reference}`,
      kind: "target",
      selection: `target/${target.reference}`,
      parent: box.id,
      label: target.label,
      detail: target.kind,
      workloads: [],
      tenants: [],
      pods: 0,
    }),
  );
  return [box, ...inner];
}

function frame(kind: Box["kind"], id: string, parent: string | undefined, label: string, detail: string): Box {
  return { id, kind, selection: id, parent, label, detail, workloads: [], tenants: [], pods: 0 };
}

function withContents(box: Box, inner: readonly Box[]): Box {
  const leaves = inner.filter((child) => child.kind === "workload");
  return {
    ...box,
    workloads: [...new Set(leaves.flatMap((leaf) => leaf.workloads))],
    tenants: [...new Set(leaves.flatMap((leaf) => leaf.tenants))].sort(),
    pods: leaves.reduce((sum, leaf) => sum + leaf.pods, 0),
  };
}

function modeRank(pool: PoolStructure): number {
  return pool.mode === "System" ? 0 : 1;
}

function byName<Item>(name: (item: Item) => string): (a: Item, b: Item) => number {
  return (a, b) => (name(a) < name(b) ? -1 : name(a) > name(b) ? 1 : 0);
}

function byNamespaceThenName(a: Box, b: Box): number {
  return byName((box: Box) => `${box.detail}\0${box.label}\0${box.id}`)(a, b);
}
