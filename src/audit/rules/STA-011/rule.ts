import { asObject, asText } from "../../../estate/kubernetes/json-value.ts";
import { lastingClaims } from "../../../estate/kubernetes/pod-volumes.ts";
import type { VolumeClaim, Workload } from "../../../estate/kubernetes/workload.ts";
import type { DataStore } from "../../../estate/model/service.ts";
import { confluenceVerdicts } from "../../../stateful/advice/confluence.ts";
import { readNeed } from "../../../stateful/advice/read-need.ts";
import { admittingPools, zonesOf } from "../../admission/admitting-nodes.ts";
import type { AuditContext, Rule, RuleOutcome } from "../../rule.ts";
import { claimTraits, declaredClass } from "../../volumes/claim-class.ts";
import { dataStoresByWorkload } from "../../volumes/data-stores.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";

/** STA-011: a share is where its pods may go, and is not asked for locks that it does not give. */
export const sharedFilesFit: Rule = {
  id: "STA-011",
  name: "shared-files-fit",
  title: "A file share survives what the pods on it survive, and carries no database over SMB.",
  severity: { high: "medium", medium: "medium", low: undefined },
  inputs: ["manifests", "storageClasses", "nodePools", "objectives"],
  judges: "pods",
  *evaluate(context) {
    const stores = dataStoresByWorkload(context.estate);
    for (const workload of context.estate.workloads) {
      if (workload.opaque || workload.run === "task") continue;
      for (const claim of lastingClaims(workload)) {
        const traits = claimTraits(context.estate, workload, claim);
        if (traits?.media !== "files") continue;
        yield overSmb(context, workload, claim, stores.get(workload.id)) ??
          inOneZone(context, workload, claim, traits.skuName) ??
          passed(workload);
      }
    }
  },
};

/** SMB shares lock by lease of the client; Azure Files over NFS keeps POSIX locks. */
function overSmb(
  { estate }: AuditContext,
  workload: Workload,
  claim: VolumeClaim,
  store: DataStore | undefined,
): RuleOutcome | undefined {
  if (store === undefined) return undefined;
  const parameters = asObject(declaredClass(estate, workload, claim)?.value.parameters);
  if (asText(parameters["protocol"])?.toLowerCase() === "nfs") return undefined;
  const { need } = readNeed(store, estate);
  const hard = confluenceVerdicts(need.entities).find((each) => each.need === "coordination");
  const reaches = need.transactionSpan === "partition" || need.transactionSpan === "database";
  if (hard === undefined && !reaches) return undefined;
  const proof =
    hard === undefined ? `transactions over a ${need.transactionSpan}` : `${hard.invariant} of ${hard.entity}`;
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "2",
    severity: "high",
    place: claim.place,
    message: `${workload.label} keeps DataStore ${store.name} (${proof}) on an SMB share: byte-range locks and file modes are not those of a disk, and many such mounts switch locks off (nobrl), so its files may be torn.`,
    fix: { description: "Give the database a disk of its own, an NFS share, or a managed service." },
  });
}

function inOneZone(
  context: AuditContext,
  workload: Workload,
  claim: VolumeClaim,
  skuName: string,
): RuleOutcome | undefined {
  if (!skuName.endsWith("_LRS")) return undefined;
  const pools = admittingPools(context, workload);
  if (pools === undefined) {
    return workloadOutcome(workload, {
      verdict: "notEvaluable",
      part: "1",
      place: claim.place,
      missing: ["needs-P"],
      message: `Whether the share of claim ${claim.name} of ${workload.label} (${skuName}) lags behind its pods depends on the zones of the pools, which are not declared.`,
    });
  }
  const zones = zonesOf(pools);
  if (zones.length < 2) return undefined;
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "1",
    place: claim.place,
    message: `${workload.label} may run in zones ${zones.join(", ")}, but the share of its claim ${claim.name} (${skuName}) is in one: when that is lost, every pod hangs on its mount, wherever it runs.`,
    fix: {
      description:
        "Use a class with skuName Premium_ZRS (SMB or NFS): it serves on through the loss of a zone, without mounting again.",
    },
  });
}
