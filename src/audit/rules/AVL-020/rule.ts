import { asList, asObject, asText } from "../../../estate/kubernetes/json-value.ts";
import type { KubernetesObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import { lastingClaims } from "../../../estate/kubernetes/pod-volumes.ts";
import type { VolumeClaim, Workload } from "../../../estate/kubernetes/workload.ts";
import type { Cluster } from "../../../estate/model/cluster.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import { admittingPools, zonesOf } from "../../admission/admitting-nodes.ts";
import { clusterWithDeclaredPools } from "../../estate-lookup/cluster-facts.ts";
import { lookupOf } from "../../estate-lookup/estate-lookup.ts";
import type { AuditContext, Rule, RuleOutcome } from "../../rule.ts";
import { workloadChange } from "../../studies/structural-change.ts";
import { claimTraits, declaredClass, dependsOnCluster } from "../../volumes/claim-class.ts";
import { dataStoresByWorkload } from "../../volumes/data-stores.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";

const zoneKeys = ["topology.disk.csi.azure.com/zone", "topology.kubernetes.io/zone"];

/** AVL-020: the disks of a workload can be where its pods may run, and survive what the pods are to survive. */
export const storageFitsZones: Rule = {
  id: "AVL-020",
  name: "storage-fits-zones",
  title: "The storage class of a claim fits the zones in which its pods run.",
  severity: { high: "high", medium: "medium", low: undefined },
  inputs: ["manifests", "storageClasses", "nodePools", "cluster"],
  judges: "pods",
  *evaluate(context) {
    const stores = dataStoresByWorkload(context.estate);
    for (const workload of context.estate.workloads) {
      if (workload.opaque || workload.run === "task") continue;
      for (const claim of lastingClaims(workload)) {
        const replicates = stores.get(workload.id)?.zoneRedundant;
        const outcomes = [...judge(context, workload, claim, replicates)];
        if (outcomes.length === 0) yield passed(workload);
        else yield* outcomes;
      }
    }
  },
};

function* judge(
  context: AuditContext,
  workload: Workload,
  claim: VolumeClaim,
  replicates: boolean | undefined,
): Iterable<RuleOutcome> {
  const { estate } = context;
  const kept = keptVolumes(estate, workload, claim);
  if (kept !== undefined) yield kept;
  if (dependsOnCluster(estate, workload, claim)) {
    yield notEvaluable(
      workload,
      claim,
      ["needs-C", "needs-P"],
      "the version and the zones of its cluster, which are not declared",
    );
    return;
  }
  const traits = claimTraits(estate, workload, claim);
  if (traits === undefined) {
    yield notEvaluable(
      workload,
      claim,
      ["needs-S"],
      `storage class ${claim.storageClassName ?? "(default)"}, which is not known here`,
    );
    return;
  }
  if (traits.media !== "disk") return;
  const object = declaredClass(estate, workload, claim);
  const cluster = clusterWithDeclaredPools(estate, workload.cluster);
  const outside = object === undefined ? undefined : outsideZones(context, workload, claim, object);
  if (outside !== undefined) yield outside;
  if (traits.redundancy !== "LRS") return;
  const immediate =
    object === undefined || cluster === undefined ? undefined : boundTooEarly(workload, object, cluster);
  if (immediate !== undefined) yield immediate;
  const local = localDisk(context, workload, claim, traits.skuName, replicates);
  if (local !== undefined) yield local;
}

/** A single StatefulSet replica is AVL-017's; several with a disk each may replicate among themselves. */
function localDisk(
  context: AuditContext,
  workload: Workload,
  claim: VolumeClaim,
  skuName: string,
  replicates: boolean | undefined,
): RuleOutcome | undefined {
  const replicas = workload.replicas.maximum;
  if (replicates === true || (workload.kind === "StatefulSet" && replicas === 1)) return undefined;
  const zones = zonesOf(admittingPools(context, workload) ?? []);
  if (zones.length < 2) return undefined;
  const asksForZones = workload.spread.some(({ topologyKey }) => zoneKeys.includes(topologyKey));
  if (claim.perReplica && replicates === undefined) {
    return notEvaluable(
      workload,
      claim,
      ["needs-A"],
      `whether its ${replicas} replicas copy their data to one another (zoneRedundant of a DataStore): each disk (${skuName}) stays in its zone`,
      "1",
    );
  }
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "1",
    place: claim.place,
    message: claim.perReplica
      ? `${workload.label} ${asksForZones ? "spreads" : "may spread"} its ${replicas} replicas over zones ${zones.join(", ")}, each with a locally redundant disk (${skuName}), and does not copy data between them: a lost zone takes its share of the data, and its pods cannot move.`
      : `${workload.label} ${asksForZones ? "asks for a spread" : "may run"} over zones ${zones.join(", ")}, but its data is on one locally redundant disk (${skuName}): it can only run in the disk's zone, and is down as long as that zone is.`,
    fix: { description: "Use a class with zone-redundant disks (ZRS), or replicate the data over zones." },
    ...workloadChange("diskRedundancy", workload),
  });
}

/** With Immediate the disk is made in any zone, before the scheduler has chosen a node for the pod. */
function boundTooEarly(workload: Workload, object: KubernetesObject, cluster: Cluster): RuleOutcome | undefined {
  const mode = asText(object.value.volumeBindingMode) ?? "Immediate";
  const zones = new Set(cluster.nodePools.flatMap((pool) => pool.zones));
  if (mode !== "Immediate" || zones.size < 2) return undefined;
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "2",
    place: object.locate(["volumeBindingMode"]),
    message: `StorageClass ${object.name} makes the disk of ${workload.label} before its pod has a node (Immediate), in any of ${zones.size} zones: the pod can then run in that zone alone, whatever its selectors and spread ask for.`,
    fix: {
      description: "Set volumeBindingMode: WaitForFirstConsumer; the field cannot be changed, so make a new class.",
    },
  });
}

function outsideZones(
  context: AuditContext,
  workload: Workload,
  claim: VolumeClaim,
  object: KubernetesObject,
): RuleOutcome | undefined {
  const allowed = allowedZones(object);
  if (allowed === undefined) return undefined;
  const cluster = clusterWithDeclaredPools(context.estate, workload.cluster);
  const pools = admittingPools(context, workload);
  if (cluster === undefined || pools === undefined) {
    return notEvaluable(
      workload,
      claim,
      ["needs-P"],
      "the zones of the node pools that admit it; none is declared",
      "3",
    );
  }
  const offered = zonesOf(pools).map((zone) => `${cluster.region}-${zone}`);
  if (pools.length === 0 || offered.some((zone) => allowed.includes(zone))) return undefined;
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "3",
    place: object.locate(["allowedTopologies"]),
    message: `StorageClass ${object.name} makes disks in ${allowed.join(", ")} only, but the pools that admit ${workload.label} are in ${offered.length === 0 ? "no zone" : offered.join(", ")}: its pods never start.`,
    fix: { description: "Let allowedTopologies name zones of the pools, as <region>-<number>." },
  });
}

/** Zones that `allowedTopologies` lets disks be made in; undefined where it says nothing of zones. */
function allowedZones({ value }: KubernetesObject): readonly string[] | undefined {
  const zones = asList(value.allowedTopologies).flatMap((term) =>
    asList(asObject(term).matchLabelExpressions).flatMap((expression) => {
      const { key, values } = asObject(expression);
      return zoneKeys.includes(asText(key) ?? "") ? asList(values).filter((each) => typeof each === "string") : [];
    }),
  );
  return zones.length === 0 ? undefined : zones;
}

/** In production: deleting a claim deletes the data at once. */
function keptVolumes(estate: Estate, workload: Workload, claim: VolumeClaim): RuleOutcome | undefined {
  if (lookupOf(estate).environments.get(workload.environment)?.criticality !== "high") return undefined;
  const object = declaredClass(estate, workload, claim);
  const isKnown = object !== undefined || claimTraits(estate, workload, claim) !== undefined;
  const policy = asText(object?.value.reclaimPolicy) ?? "Delete";
  if (!isKnown || policy !== "Delete") return undefined;
  const className = object?.name ?? claim.storageClassName ?? "default";
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "4",
    severity: "low",
    place: object === undefined ? claim.place : object.locate(["reclaimPolicy"]),
    message: `Storage class ${className} deletes the volume of claim ${claim.name} of ${workload.label} with the claim: one wrong kubectl delete, or one pruned folder, and the data is gone.`,
    fix: { description: "Use a class with reclaimPolicy: Retain for data that cannot be rebuilt." },
  });
}

function notEvaluable(
  workload: Workload,
  claim: VolumeClaim,
  missing: readonly string[],
  reason: string,
  part?: string,
): RuleOutcome {
  return workloadOutcome(workload, {
    verdict: "notEvaluable",
    ...(part === undefined ? {} : { part }),
    place: claim.place,
    missing,
    message: `Whether claim ${claim.name} of ${workload.label} fits its zones depends on ${reason}.`,
  });
}
