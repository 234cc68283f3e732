import { scopeKey } from "../../../estate/kubernetes/object-index.ts";
import { isPinnedToOneNode } from "../../../estate/kubernetes/pod-volumes.ts";
import type { VolumeClaim, Workload } from "../../../estate/kubernetes/workload.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import { rolloutOf } from "../../drain/rollout.ts";
import { workloadFix } from "../../fixes/manifest-fix.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";
import { notReadable, unreadableOf } from "../../unreadable-outcome.ts";
import { claimTraits } from "../../volumes/claim-class.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";

interface Use {
  readonly workload: Workload;
  readonly claim: VolumeClaim;
}

/** AVL-019: a disk that one node may write to is mounted by one pod at a time. */
export const diskOfOnePod: Rule = {
  id: "AVL-019",
  name: "disk-of-one-pod",
  title: "A disk that only one node can hold is mounted by one pod at a time, also during a rollout.",
  severity: { high: "high", medium: "high", low: "medium" },
  inputs: ["manifests", "storageClasses"],
  judges: "pods",
  *evaluate({ estate }) {
    for (const uses of usesByClaim(estate).values()) {
      for (const use of uses) yield judge(estate, use, uses);
    }
  },
};

/** Claims by name that long-running pods mount; claim templates give each replica its own. */
function usesByClaim(estate: Estate): ReadonlyMap<string, readonly Use[]> {
  const uses = estate.workloads
    .filter(({ run, opaque }) => run === "serving" && !opaque)
    .flatMap((workload) =>
      workload.claims.filter(({ perReplica }) => !perReplica).map((claim): Use => ({ workload, claim })),
    );
  return Map.groupBy(uses, ({ workload, claim }) => `${scopeKey(workload)}/${claim.name}`);
}

function judge(estate: Estate, use: Use, uses: readonly Use[]): RuleOutcome {
  const { workload, claim } = use;
  if (claim.accessModes.length === 0) {
    return workloadOutcome(workload, {
      verdict: "notEvaluable",
      place: mountPlace(use),
      missing: ["partial-input"],
      message: `Whether several pods may mount claim ${claim.name} of ${workload.label} depends on its access modes; the claim is not in the input.`,
    });
  }
  const single = claim.accessModes.includes("ReadWriteOncePod");
  if (isShareable(claim) || (!single && isFileShare(estate, workload, claim))) return passed(workload);
  const unread = unreadableOf(workload, "replicas", "scheduling");
  if (unread !== undefined) return notReadable(workload, unread);
  return single ? judgeSinglePod(use, uses) : judgeSingleNode(use, uses);
}

/** ReadWriteOncePod: no second pod, on whatever node. */
function judgeSinglePod(use: Use, uses: readonly Use[]): RuleOutcome {
  const { workload, claim } = use;
  const surge = surgeOf(workload);
  const others = otherNames(use, uses);
  if (workload.replicas.maximum <= 1 && surge === 0 && others.length === 0) return passed(workload);
  const overlap =
    others.length > 0
      ? `${others.join(", ")} mounts it too`
      : workload.replicas.maximum > 1
        ? `it runs up to ${workload.replicas.maximum} replicas`
        : `a rollout brings up ${surge} beside the old one`;
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "3",
    place: mountPlace(use),
    message: `Claim ${claim.name} of ${workload.label} is ReadWriteOncePod, but ${overlap}: the second pod stays Pending.`,
    fix: recreateFix(workload, others),
  });
}

/** ReadWriteOnce: pods on other nodes wait for the disk. */
function judgeSingleNode(use: Use, uses: readonly Use[]): RuleOutcome {
  const { workload, claim } = use;
  const others = otherNames(use, uses);
  const replicas = workload.replicas.maximum;
  if (isPinnedToOneNode(workload)) return passed(workload);
  if (replicas > 1 || others.length > 0) {
    const sharers = replicas > 1 ? `its ${replicas} replicas` : `it and ${others.join(", ")}`;
    return workloadOutcome(workload, {
      verdict: "fail",
      part: "1",
      place: mountPlace(use),
      message: `Claim ${claim.name} of ${workload.label} is ReadWriteOnce, so one node holds it, but ${sharers} share it: pods on other nodes never start (Multi-Attach error).`,
      fix: {
        description:
          "Give each replica a disk of its own (StatefulSet with claim templates), or use a file share that many nodes can mount (ReadWriteMany).",
      },
    });
  }
  const surge = surgeOf(workload);
  if (surge === 0) return passed(workload);
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "2",
    place: mountPlace(use),
    message: `A rollout of ${workload.label} starts ${surge} new pod before the old one goes, and both want disk ${claim.name}: on another node the new one waits for the disk, the old one for the new, and the rollout never ends.`,
    fix: recreateFix(workload, others),
  });
}

/** Pods that come up beside the old ones in a rollout. */
function surgeOf(workload: Workload): number {
  const rollout = rolloutOf(workload, Math.max(1, workload.replicas.maximum));
  return rollout?.kind === "rolling" ? rollout.surge : 0;
}

function recreateFix(workload: Workload, others: readonly string[]) {
  const description = "Let the old pod go before the new one comes (Recreate).";
  if (workload.kind !== "Deployment" || workload.replicas.maximum > 1 || others.length > 0) return { description };
  return workloadFix(description, workload, [{ path: ["spec", "strategy"], value: { type: "Recreate" } }]);
}

function otherNames({ workload }: Use, uses: readonly Use[]): readonly string[] {
  return uses.filter((other) => other.workload !== workload).map((other) => other.workload.label);
}

function isShareable({ accessModes }: VolumeClaim): boolean {
  return accessModes.includes("ReadWriteMany") || accessModes.includes("ReadOnlyMany");
}

/** File shares are not attached to a node, so nothing holds them to ReadWriteOnce. */
function isFileShare(estate: Estate, workload: Workload, claim: VolumeClaim): boolean {
  const media = claimTraits(estate, workload, claim)?.media;
  return media === "files" || media === "blob";
}

/** The volume of the pod that names the claim. */
function mountPlace({ workload, claim }: Use) {
  const { volumes } = workload.podSpec;
  const position = Array.isArray(volumes)
    ? volumes.findIndex((volume) => volume?.persistentVolumeClaim?.claimName === claim.name)
    : -1;
  return position < 0 ? claim.place : workload.object.locate([...workload.podSpecPath, "volumes", position]);
}
