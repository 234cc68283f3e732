import { asText } from "../../../estate/kubernetes/json-value.ts";
import { lastingClaims } from "../../../estate/kubernetes/pod-volumes.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import type { AuditContext, Rule, RuleOutcome } from "../../rule.ts";
import { storeInPlaceOutcome } from "../../stores/store-outcome.ts";
import { type StoreInPlace, storesInPlace } from "../../stores/stores-in-place.ts";
import { notReadable, unreadableOf } from "../../unreadable-outcome.ts";
import { declaredClass } from "../../volumes/claim-class.ts";

/** Provisioners of disks of the node itself. */
const localProvisioners = new Set(["kubernetes.io/no-provisioner", "localdisk.csi.acstor.io", "rancher.io/local-path"]);

/** STA-015: the replicas of a store keep a majority through what is to be survived. */
export const majoritySurvives: Rule = {
  id: "STA-015",
  name: "majority-survives",
  title: "The replicas of a store in the cluster are so many, and so far apart, that a majority is left.",
  severity: { high: "high", medium: "medium", low: undefined },
  inputs: ["manifests", "nodePools", "objectives"],
  judges: "objects",
  *evaluate(context) {
    for (const inPlace of storesInPlace(context)) {
      const { holder } = inPlace;
      if (holder.kind === "workload" && holder.held.replicates) yield judge(context, inPlace, holder);
    }
  },
};

type Holder = Extract<StoreInPlace["holder"], { readonly kind: "workload" }>;

function judge(
  { estate }: AuditContext,
  inPlace: StoreInPlace,
  { workload, held, poolsDeclared }: Holder,
): RuleOutcome {
  const { replicas, spreadZones, zones } = held;
  const unread = unreadableOf(workload, "replicas");
  if (unread !== undefined) return notReadable(workload, unread);
  const fail = (part: string, message: string, description: string) =>
    storeInPlaceOutcome(estate, inPlace, { verdict: "fail", part, message, fix: { description } });
  const majority = Math.floor(replicas / 2) + 1;
  const even = (count: number) =>
    fail(
      "1",
      `${workload.label} holds DataStore ${inPlace.store.name} in ${count} replicas: a majority is ${majority}, so it survives the loss of ${count - majority}, no more than with ${count - 1}, and pays for one more.`,
      `Run ${count + 1} replicas, or ${Math.max(1, count - 1)}.`,
    );
  // Two survive the loss of none; more of an even number are only one too many, which hides nothing that is worse.
  if (replicas === 2) return even(replicas);
  if (!poolsDeclared) {
    if (replicas % 2 === 0) return even(replicas);
    return storeInPlaceOutcome(estate, inPlace, {
      verdict: "notEvaluable",
      missing: ["needs-P"],
      message: `Whether a majority of ${workload.label} survives the loss of a zone depends on the pools of ${workload.cluster}, which are not declared.`,
    });
  }
  const inLargest = Math.ceil(replicas / spreadZones);
  if (zones > 1 && replicas - inLargest < majority) {
    const required =
      spreadZones === 1 ? "nothing keeps them apart over zones" : `they are kept apart over ${spreadZones} zones`;
    return fail(
      "2",
      `${workload.label} holds DataStore ${inPlace.store.name} in ${replicas} replicas and ${required}: one zone may hold ${inLargest} of them, and without it ${replicas - inLargest} are left of the ${majority} that a majority takes.`,
      "Spread them over three zones (topologySpreadConstraints on topology.kubernetes.io/zone, maxSkew 1, DoNotSchedule).",
    );
  }
  const local = localClass(estate, workload);
  if (local !== undefined && !keepsMajority(workload, replicas, majority)) {
    return fail(
      "3",
      `${workload.label} keeps DataStore ${inPlace.store.name} on disks of its nodes (class ${local}), which every upgrade empties, and no disruption budget keeps upgrades from taking more than ${replicas - majority} of its ${replicas} replicas before they have refilled.`,
      "Add a PodDisruptionBudget with maxUnavailable: 1, and probes that are ready only once a replica has caught up.",
    );
  }
  if (replicas % 2 === 0) return even(replicas);
  return storeInPlaceOutcome(estate, inPlace, { verdict: "pass", message: "" });
}

/** A budget that lets go as many as a majority can spare. */
function keepsMajority({ disruptionBudgets }: Workload, replicas: number, majority: number): boolean {
  return disruptionBudgets.some(
    ({ maxUnavailable, minAvailable }) =>
      (typeof maxUnavailable === "number" && maxUnavailable <= replicas - majority) ||
      (typeof minAvailable === "number" && minAvailable >= majority),
  );
}

function localClass(estate: Estate, workload: Workload): string | undefined {
  for (const claim of lastingClaims(workload)) {
    const object = declaredClass(estate, workload, claim);
    if (object !== undefined && localProvisioners.has(asText(object.value["provisioner"]) ?? "")) return object.name;
  }
  return undefined;
}
