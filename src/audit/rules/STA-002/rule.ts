import { asList, asObject, asText } from "../../../estate/kubernetes/json-value.ts";
import { lastingClaims } from "../../../estate/kubernetes/pod-volumes.ts";
import type { VolumeClaim, Workload } from "../../../estate/kubernetes/workload.ts";
import { isAttached } from "../../../stateful/timelines/cluster/cluster-store.ts";
import { type WriterRisk, writerRisks } from "../../../stateful/timelines/cluster/writer-risks.ts";
import { workloadFix } from "../../fixes/manifest-fix.ts";
import type { AuditContext, Rule, RuleOutcome } from "../../rule.ts";
import { workloadHolder } from "../../stores/stores-in-place.ts";
import { notReadable, unreadableOf } from "../../unreadable-outcome.ts";
import { dataStoresByWorkload } from "../../volumes/data-stores.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";

/** STA-002: data that one pod is to write is written by one pod, whatever fails. */
export const oneWriter: Rule = {
  id: "STA-002",
  name: "one-writer",
  title: "Data that one pod is meant to write cannot be written by two: at least one is not exactly one.",
  severity: { high: "high", medium: "medium", low: "low" },
  inputs: ["manifests", "storageClasses", "objectives"],
  judges: "pods",
  *evaluate(context) {
    const stores = dataStoresByWorkload(context.estate);
    for (const workload of context.estate.workloads) {
      if (workload.opaque || workload.run !== "serving" || lastingClaims(workload).length === 0) continue;
      yield writtenClaims(workload).length === 0 ? passed(workload) : judge(context, workload, stores.has(workload.id));
    }
  },
};

const partOf: { readonly [risk in WriterRisk["risk"]]: string } = {
  forceDelete: "1",
  surge: "2",
  unreachableNode: "3",
  sharedVolume: "4",
};

function judge(context: AuditContext, workload: Workload, isStore: boolean): RuleOutcome {
  const unread = unreadableOf(workload, "replicas");
  if (unread !== undefined) return notReadable(workload, unread);
  const holder = workloadHolder(context, workload);
  if (holder === undefined || holdsOnePod(workload)) return passed(workload);
  // A disk that one node attaches keeps the second pod of a rollout out; AVL-019 speaks of that.
  const [risk] = writerRisks(workload, holder.held).filter(
    (each) => each.risk !== "surge" || !isAttached(holder.held.disk),
  );
  if (risk === undefined) return passed(workload);
  if (!isStore && risk.risk !== "forceDelete") {
    return workloadOutcome(workload, {
      verdict: "notEvaluable",
      part: partOf[risk.risk],
      field: workload.podSpecPath,
      missing: ["needs-A"],
      message: `Whether the volume of ${workload.label} may be written by two pods at once (${risk.text}) depends on what is on it, and no DataStore says.`,
    });
  }
  return workloadOutcome(workload, {
    verdict: "fail",
    part: partOf[risk.risk],
    field: risk.risk === "forceDelete" ? [...workload.podSpecPath, "terminationGracePeriodSeconds"] : ["spec"],
    message: `${workload.label} may have two writers: ${risk.text}.`,
    fix: fixOf(workload, risk),
  });
}

/** The API server admits no second pod that mounts such a claim. */
function holdsOnePod(workload: Workload): boolean {
  return writtenClaims(workload).every(({ accessModes }) => accessModes.includes("ReadWriteOncePod"));
}

function fixOf(workload: Workload, { risk, fix }: WriterRisk) {
  if (risk === "forceDelete") {
    const path = [...workload.podSpecPath, "terminationGracePeriodSeconds"];
    return workloadFix("Let the pod end before another of its name starts.", workload, [{ path, value: 30 }]);
  }
  // A node that is cut off goes on writing whatever the strategy, so that alone is no fix that could be applied.
  const more = risk === "surge" ? ", and a lease with a fencing token that the writes carry" : "";
  return { description: `${fix.charAt(0).toUpperCase()}${fix.slice(1)}${more}.` };
}

/** Lasting claims that some container may write to. */
function writtenClaims(workload: Workload): readonly VolumeClaim[] {
  const volumes = asList(workload.podSpec["volumes"]).map(asObject);
  const mounts = workload.containers.flatMap(({ value }) => asList(value["volumeMounts"]).map(asObject));
  return lastingClaims(workload).filter(({ name, perReplica, accessModes }) => {
    if (accessModes.length > 0 && accessModes.every((mode) => mode === "ReadOnlyMany")) return false;
    const named = volumes.find((volume) => asText(asObject(volume["persistentVolumeClaim"])["claimName"]) === name);
    const volumeName = perReplica ? name : asText(named?.["name"]);
    const own = mounts.filter((mount) => asText(mount["name"]) === volumeName);
    return own.length === 0 || own.some((mount) => mount["readOnly"] !== true);
  });
}
