import type { Figure } from "../../../estate/figures/figure.ts";
import { readComputeResources } from "../../../estate/kubernetes/compute-resources.ts";
import { asObject, asStringMap, asText, valueAt } from "../../../estate/kubernetes/json-value.ts";
import { entryOf } from "../../../estate/kubernetes/map-entry.ts";
import { objectId, scopeKey } from "../../../estate/kubernetes/object-index.ts";
import type { ServiceEndpoint } from "../../../estate/kubernetes/workload.ts";
import type { Estate, PlacedObject } from "../../../estate/model/estate.ts";
import { lookupOf } from "../../estate-lookup/estate-lookup.ts";
import { objectOutcome } from "../../estate-lookup/object-outcome.ts";
import { quietPass } from "../../estate-lookup/quiet-pass.ts";
import { missingForAbsence } from "../../evidence.ts";
import type { AuditContext, Rule, RuleOutcome } from "../../rule.ts";
import { costing } from "../../studies/finding-terms.ts";
import type { MoneyStudy } from "../../studies/money-study.ts";

/** FIN-006: nothing is paid for that nothing uses. */
export const noOrphans: Rule = {
  id: "FIN-006",
  name: "no-orphans",
  title: "Every volume is mounted by a pod, and every load balancer has pods behind it.",
  severity: { high: "low", medium: "medium", low: "medium" },
  inputs: ["manifests", "liveObjects", "prices"],
  judges: "objects",
  *evaluate(context) {
    const { estate } = context;
    const { objects } = lookupOf(estate);
    for (const placed of objects.ofKind("PersistentVolume")) yield judgeVolume(context, placed);
    const mounted = mountedClaims(estate);
    const bound = claimsOfTemplates(estate);
    const hiding = new Set(estate.workloads.filter(({ opaque }) => opaque).map(scopeKey));
    for (const placed of objects.ofKind("PersistentVolumeClaim")) {
      yield judgeClaim(context, placed, mounted, bound, hiding);
    }
    yield* loadBalancers(context);
  },
};

/** Only a cluster writes a status; a manifest has none, and then nothing is known of the volume. */
function judgeVolume({ estate, studies }: AuditContext, placed: PlacedObject): RuleOutcome {
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
    ...costing(studies && volumeCost(studies.money, placed)),
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
  { estate, studies }: AuditContext,
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
    ...costing(studies && chargedCost(studies.money, `cost/${objectId(placed)}`, placed, "2", `Volume ${name}`)),
  });
}

/** What the bill charges for an object. */
function chargedCost(
  money: MoneyStudy,
  id: string,
  placed: PlacedObject,
  part: string,
  label: string,
): Figure | undefined {
  if (!money.knows(placed.cluster)) return undefined;
  const charges = money.charges(id);
  return money.figure(
    charges.reduce((sum, { likely }) => sum + likely, 0),
    {
      rule: `FIN-006.${part}`,
      subject: objectId(placed),
      label,
      formula: "what the bill charges for it",
      reasons: charges.map(({ line }) => ({ kind: "figure", figure: line.monthlyCost })),
    },
  );
}

/** The bill prices claims; a volume whose claim is gone is priced by its size and class, as one. */
function volumeCost(money: MoneyStudy, placed: PlacedObject): Figure | undefined {
  const { value, name } = placed.object;
  const spec = asObject(value["spec"]);
  const sizeBytes = readComputeResources({ memory: asText(asObject(spec["capacity"])["storage"]) }).memoryBytes;
  const price =
    sizeBytes === undefined ? undefined : money.volume(placed.cluster, asText(spec["storageClassName"]), sizeBytes);
  if (price === undefined) return undefined;
  return money.figure(price.monthly, {
    rule: "FIN-006.1",
    subject: objectId(placed),
    label: `Disk of ${name}`,
    formula: price.formula,
    reasons: price.reasons,
  });
}

/** Line of the bill for the public address of a Service. */
function addressOf({ cluster, environment, namespace, name }: ServiceEndpoint): string {
  return `cost/${cluster}/publicIp/${environment}/${namespace}/${name}`;
}

/** Each load balancer Service takes an address and rules that are paid for by the hour. */
function* loadBalancers({ estate, studies }: AuditContext): Iterable<RuleOutcome> {
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
          ...costing(
            studies && chargedCost(studies.money, addressOf(service), placed, "3", `Address of ${service.name}`),
          ),
        });
  }
}
