import { asList, asObject, asText } from "../../../estate/kubernetes/json-value.ts";
import { lastingClaims } from "../../../estate/kubernetes/pod-volumes.ts";
import type { VolumeClaim, Workload } from "../../../estate/kubernetes/workload.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import { admittingPools, zonesOf } from "../../admission/admitting-nodes.ts";
import { lookupOf } from "../../estate-lookup/estate-lookup.ts";
import type { AuditContext, Rule, RuleOutcome } from "../../rule.ts";
import { claimTraits, declaredClass } from "../../volumes/claim-class.ts";
import { passed, type WorkloadVerdict, workloadOutcome } from "../../workload-outcome.ts";

/** STA-010: the disk that a claim asks for can be made, attached and mounted. */
export const diskCanBeMade: Rule = {
  id: "STA-010",
  name: "disk-can-be-made",
  title: "The disk that a claim asks for exists, and can be attached and mounted where the pods run.",
  severity: { high: "high", medium: "high", low: "medium" },
  inputs: ["manifests", "storageClasses", "nodePools"],
  judges: "pods",
  *evaluate(context) {
    for (const workload of context.estate.workloads) {
      if (workload.opaque || workload.run === "task") continue;
      for (const claim of lastingClaims(workload)) {
        const traits = claimTraits(context.estate, workload, claim);
        if (traits?.media === "disk") yield judge(context, workload, claim, traits.skuName);
      }
    }
  },
};

/** Neither may be cached on the host, and both attach to machines of a zone. */
const zonalOnly = /^(?:PremiumV2|UltraSSD)_/i;

function judge(context: AuditContext, workload: Workload, claim: VolumeClaim, skuName: string): RuleOutcome {
  const { estate, catalog } = context;
  const fail = (verdict: Omit<WorkloadVerdict, "verdict" | "place">) =>
    workloadOutcome(workload, { ...verdict, verdict: "fail", place: claim.place });
  const name = `Claim ${claim.name} of ${workload.label}`;
  if (claim.accessModes.includes("ReadWriteMany") && !isBlockClaim(estate, workload, claim)) {
    return fail({
      part: "1",
      message: `${name} asks for a disk with a file system that many nodes write to (ReadWriteMany on ${skuName}): the driver refuses to make it, and the claim stays Pending.`,
      fix: {
        description:
          "Use Azure Files (NFS or SMB) for shared files; a shared disk needs volumeMode: Block, maxShares and software that fences.",
      },
    });
  }
  if (zonalOnly.test(skuName) && /_ZRS$/i.test(skuName) && catalog.dataServiceFact("disk.zrs.types") !== undefined) {
    return fail({
      part: "2",
      message: `${name} asks for ${skuName}: Premium SSD v2 and Ultra disks exist in one zone only (LRS), and no such disk can be made.`,
      fix: { description: "Use Premium_ZRS or StandardSSD_ZRS, or replicate over zones on LRS disks." },
    });
  }
  if (!zonalOnly.test(skuName)) return passed(workload);
  const cache = asText(asObject(declaredClass(estate, workload, claim)?.value.parameters)["cachingMode"]);
  if (cache !== undefined && cache.toLowerCase() !== "none") {
    return fail({
      part: "3",
      message: `${name} asks for ${skuName} with cachingMode ${cache}: such disks have no host cache, and the disk does not attach.`,
      fix: { description: "Set cachingMode: None in the storage class." },
    });
  }
  return judgeZones(context, workload, claim, skuName);
}

function judgeZones(context: AuditContext, workload: Workload, claim: VolumeClaim, skuName: string): RuleOutcome {
  const pools = admittingPools(context, workload);
  const place = claim.place;
  if (pools === undefined) {
    return workloadOutcome(workload, {
      verdict: "notEvaluable",
      part: "4",
      place,
      missing: ["needs-P"],
      message: `Whether ${skuName} of claim ${claim.name} attaches to nodes of ${workload.cluster} depends on the zones of its pools, which are not declared.`,
    });
  }
  const region = lookupOf(context.estate).clusters.get(workload.cluster)?.region ?? "";
  const zonesOfRegion = context.catalog.regionZones(region)?.value ?? 0;
  const withoutZone = pools.filter(({ zones }) => zones.length === 0);
  if (zonesOfRegion === 0 || withoutZone.length === 0) return passed(workload);
  const names = withoutZone.map(({ pool }) => pool.name).join(", ");
  const others = zonesOf(pools).length === 0 ? "no pool that takes the pods has zones" : "the pods may land there";
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "4",
    place,
    message: `Claim ${claim.name} of ${workload.label} asks for ${skuName}, which attaches to machines of a zone only in ${region}; pool ${names} is in none, and ${others}.`,
    fix: { description: "Give the pool zones (a new pool), keep the pods off it, or use another disk." },
  });
}

/** Whether the claim asks for the raw device. */
function isBlockClaim({ objects }: Estate, workload: Workload, claim: VolumeClaim): boolean {
  const template = asList(asObject(workload.object.value["spec"])["volumeClaimTemplates"])
    .map(asObject)
    .find((each) => asText(asObject(each["metadata"])["name"]) === claim.name);
  const named = objects.find(
    ({ object, namespace, cluster }) =>
      object.kind === "PersistentVolumeClaim" &&
      object.name === claim.name &&
      namespace === workload.namespace &&
      cluster === workload.cluster,
  );
  const spec = asObject(claim.perReplica ? template?.["spec"] : named?.object.value["spec"]);
  return asText(spec["volumeMode"]) === "Block";
}
