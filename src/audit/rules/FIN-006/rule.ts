import { asObject, asStringMap, asText, valueAt } from "../../../estate/kubernetes/json-value.ts";
import { entryOf } from "../../../estate/kubernetes/map-entry.ts";
import { scopeKey } from "../../../estate/kubernetes/object-index.ts";
import type { Estate, PlacedObject } from "../../../estate/model/estate.ts";
import { lookupOf } from "../../estate-lookup/estate-lookup.ts";
import { objectOutcome } from "../../estate-lookup/object-outcome.ts";
import { quietPass } from "../../estate-lookup/quiet-pass.ts";
import { missingForAbsence } from "../../evidence.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";

/** FIN-006: nothing is paid for that nothing uses. */
export const noOrphans: Rule = {
  id: "FIN-006",
  name: "no-orphans",
  title: "Every volume is mounted by a pod, and every load balancer has pods behind it.",
  severity: { high: "low", medium: "medium", low: "medium" },
  inputs: ["manifests", "liveObjects", "prices"],
  judges: "objects",
  *evaluate({ estate }) {
    const { objects } = lookupOf(estate);
    for (const placed of objects.ofKind("PersistentVolume")) yield judgeVolume(estate, placed);
    const mounted = mountedClaims(estate);
    const bound = claimsOfTemplates(estate);
    const hiding = new Set(estate.workloads.filter(({ opaque }) => opaque).map(scopeKey));
    for (const placed of objects.ofKind("PersistentVolumeClaim")) {
      yield judgeClaim(estate, placed, mounted, bound, hiding);
    }
    yield* loadBalancers(estate);
  },
};

/** Only a cluster writes a status; a manifest has none, and then nothing is known of the volume. */
function judgeVolume(estate: Estate, placed: PlacedObject): RuleOutcome {
  const { value, name } = placed.object;
  const field = ["status", "phase"];
  const phase = asText(valueAt(value, field));
  const labels = asStringMap(asObject(value["metadata"]).labels);
  const annotations = asStringMap(asObject(value["metadata"]).annotations);
  const isKept = Object.entries({ ...labels, ...annotations }).some(([key, text]) =>
    /backup|retain|archive/i.test(`${key}=${text}`),
  );
  if (phase === undefined) {
    const message = `Whether PersistentVolume ${name} is in use only its cluster knows.`;
    return objectOutcome(estate, placed, { verdict: "notEvaluable", part: "1", missing: ["needs-L"], message });
  }
  if (phase !== "Released" || isKept) return quietPass(placed);
  const size = asText(valueAt(value, ["spec", "capacity", "storage"]));
  return objectOutcome(estate, placed, {
    verdict: "fail",
    part: "1",
    field,
    message: `PersistentVolume ${name}${size === undefined ? "" : ` of ${size}`} is released: its claim is gone, its disk is paid for, and no label says that it is kept as a backup.`,
    fix: { description: "Take a snapshot if the data matters, delete volume and disk, or label it as a backup." },
  });
}

/** Claims that pods name, by `environment/cluster/namespace/claim`. */
function mountedClaims(estate: Estate): ReadonlySet<string> {
  return new Set(
    estate.workloads.flatMap((workload) =>
      workload.claims.filter(({ perReplica }) => !perReplica).map(({ name }) => `${scopeKey(workload)}/${name}`),
    ),
  );
}

/** What claims are called that templates make, `TEMPLATE-STATEFULSET-`, by namespace; also those of replicas scaled away. */
function claimsOfTemplates(estate: Estate): ReadonlyMap<string, readonly string[]> {
  const starts = new Map<string, string[]>();
  for (const workload of estate.workloads) {
    for (const { name, perReplica } of workload.claims) {
      if (perReplica) entryOf(starts, scopeKey(workload), (): string[] => []).push(`${name}-${workload.name}-`);
    }
  }
  return starts;
}

function judgeClaim(
  estate: Estate,
  placed: PlacedObject,
  mounted: ReadonlySet<string>,
  templates: ReadonlyMap<string, readonly string[]>,
  hiding: ReadonlySet<string>,
): RuleOutcome {
  const { name, value } = placed.object;
  const scope = scopeKey(placed);
  const isOfTemplate = (templates.get(scope) ?? []).some((start) => name.startsWith(start));
  if (mounted.has(`${scope}/${name}`) || isOfTemplate) return quietPass(placed);
  const hidden = hiding.has(scope);
  const missing = hidden ? ["unknown-kind"] : missingForAbsence(estate);
  if (missing.length > 0) {
    const message = `No pod of the input mounts claim ${name}; one may be elsewhere${hidden ? ", since an operator makes pods in its namespace" : ""}.`;
    return objectOutcome(estate, placed, { verdict: "notEvaluable", part: "2", missing, message });
  }
  const size = asText(valueAt(value, ["spec", "resources", "requests", "storage"]));
  return objectOutcome(estate, placed, {
    verdict: "fail",
    part: "2",
    message: `No pod mounts claim ${name}${size === undefined ? "" : ` of ${size}`}: its disk is paid for and holds what nobody reads.`,
    fix: { description: "Delete the claim, after a snapshot if the data matters." },
  });
}

/** Each load balancer Service takes an address and rules that are paid for by the hour. */
function* loadBalancers(estate: Estate): Iterable<RuleOutcome> {
  const { objects } = lookupOf(estate);
  for (const service of estate.services) {
    if (service.type !== "LoadBalancer") continue;
    const { environment, cluster, namespace } = service;
    const placed = objects.find({ environment, cluster, namespace }, "Service", service.name);
    const selector = asObject(service.object.value.spec).selector;
    // Without a selector somebody else brings the addresses.
    if (placed === undefined || Object.keys(asObject(selector)).length === 0) continue;
    if (service.workloads.length > 0) {
      yield quietPass(placed);
      continue;
    }
    const missing = missingForAbsence(estate);
    const field = ["spec", "selector"];
    const said = `LoadBalancer Service ${service.name} selects no pods`;
    yield missing.length > 0
      ? objectOutcome(estate, placed, {
          verdict: "notEvaluable",
          part: "3",
          missing,
          field,
          message: `${said} of the input; they may be elsewhere.`,
        })
      : objectOutcome(estate, placed, {
          verdict: "fail",
          part: "3",
          field,
          message: `${said}: its address and rules are paid for, and whoever calls it gets no answer.`,
          fix: { description: "Correct the selector, or delete the Service." },
        });
  }
}
