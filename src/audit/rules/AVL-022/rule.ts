import { tenantPerNamespace } from "../../../estate/assumptions/estate-rules.ts";
import { asInteger, asText } from "../../../estate/kubernetes/json-value.ts";
import { scopeKey } from "../../../estate/kubernetes/object-index.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { Estate, PlacedObject } from "../../../estate/model/estate.ts";
import { lookupOf } from "../../estate-lookup/estate-lookup.ts";
import { holdsVariable } from "../../estate-lookup/unresolved.ts";
import { missingForAbsence } from "../../evidence.ts";
import { workloadFix } from "../../fixes/manifest-fix.ts";
import type { AuditContext, Rule, RuleOutcome } from "../../rule.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";

const classKind = "PriorityClass.scheduling.k8s.io";

/** Classes that every cluster has. */
const systemClasses: ReadonlyMap<string, number> = new Map([
  ["system-cluster-critical", 2_000_000_000],
  ["system-node-critical", 2_000_001_000],
]);

/** What runs the cluster itself may be as important as it likes. */
const systemNamespaces = ["kube-system", "kube-public", "kube-node-lease", "gatekeeper-system", "calico-system"];

const importance = { low: 0, medium: 1, high: 2 } as const;

interface Priority {
  readonly value: number;
  readonly preempts: boolean;
}

/** AVL-022: priority classes exist, are the workload's to use, and rank what matters more above what matters less. */
export const priorityClasses: Rule = {
  id: "AVL-022",
  name: "priority-classes",
  title: "Priority classes exist, are no system classes, and rank production above the rest.",
  severity: { high: "medium", medium: "medium", low: "low" },
  inputs: ["manifests", "tenants"],
  peers: [
    { tool: "polaris", check: "priorityClassNotSet" },
    { tool: "kube-linter", check: "priority-class-name" },
  ],
  judges: "pods",
  *evaluate(context) {
    const missing = missingForAbsence(context.estate);
    const assumedTenants = new Set(
      context.estate.assumptions.filter(({ id }) => id === tenantPerNamespace.id).map(({ subject }) => subject),
    );
    const ranking = rankAbove(context);
    for (const workload of context.estate.workloads) {
      if (workload.opaque) continue;
      const name = asText(workload.podSpec.priorityClassName);
      const priority = priorityOf(context, workload, name);
      const outcomes = [
        name === undefined ? undefined : judgeName(workload, name, priority, missing),
        name === undefined ? undefined : systemClassUse(workload, name, assumedTenants.size > 0),
        priority === undefined ? undefined : preemption(context, workload, priority, ranking),
      ].filter((outcome) => outcome !== undefined);
      if (outcomes.length > 0) yield* outcomes;
      else if (name !== undefined) yield passed(workload);
    }
  },
};

function judgeName(
  workload: Workload,
  name: string,
  priority: Priority | undefined,
  missing: readonly string[],
): RuleOutcome | undefined {
  if (priority !== undefined) return undefined;
  const reasons = holdsVariable(name) ? ["unresolved-variable"] : missing;
  const field = [...workload.podSpecPath, "priorityClassName"];
  if (reasons.length > 0) {
    return workloadOutcome(workload, {
      verdict: "notEvaluable",
      part: "1",
      field,
      missing: reasons,
      message: `No PriorityClass ${name} was seen for ${workload.label}, but the input does not prove that there is none.`,
    });
  }
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "1",
    field,
    message: `${workload.label} names PriorityClass ${name}, which cluster ${workload.cluster} does not have: the API server refuses its pods.`,
    fix: { description: "Ship the class with the platform, or name one that is there." },
  });
}

function systemClassUse(workload: Workload, name: string, tenantsAssumed: boolean): RuleOutcome | undefined {
  const value = systemClasses.get(name);
  if (value === undefined || workload.tenant === "platform" || systemNamespaces.includes(workload.namespace))
    return undefined;
  const field = [...workload.podSpecPath, "priorityClassName"];
  if (tenantsAssumed) {
    return workloadOutcome(workload, {
      verdict: "notEvaluable",
      part: "2",
      field,
      missing: ["needs-T"],
      message: `Whether ${workload.label} may use ${name} depends on whether namespace ${workload.namespace} belongs to the platform; no Tenant is declared.`,
    });
  }
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "2",
    field,
    message: `${workload.label} of tenant ${workload.tenant} uses ${name} (${value}): under pressure it puts out every other pod, DNS and the policy engine among them.`,
    fix: workloadFix("Use a class of its own, below the system's.", workload, [{ path: field, value: undefined }]),
  });
}

/** Undefined where the class is not known. */
function priorityOf({ estate }: AuditContext, workload: Workload, name: string | undefined): Priority | undefined {
  const { objects } = lookupOf(estate);
  const scope = { environment: workload.environment, cluster: workload.cluster, namespace: undefined };
  if (name === undefined) {
    const standard = globalDefaults(estate).get(scopeKey(scope));
    return standard === undefined ? { value: 0, preempts: true } : readPriority(standard);
  }
  const value = systemClasses.get(name);
  if (value !== undefined) return { value, preempts: true };
  const declared = objects.find(scope, classKind, name);
  return declared === undefined ? undefined : readPriority(declared);
}

const defaults = new WeakMap<Estate, ReadonlyMap<string, PlacedObject>>();

/** The class of pods that name none, by environment and cluster. */
function globalDefaults(estate: Estate): ReadonlyMap<string, PlacedObject> {
  const known = defaults.get(estate);
  if (known !== undefined) return known;
  const classes = lookupOf(estate).objects.ofKind(classKind);
  const standard = classes.filter(({ object }) => object.value.globalDefault === true);
  const found = new Map(standard.map((placed) => [scopeKey(placed), placed]));
  defaults.set(estate, found);
  return found;
}

function readPriority({ object }: PlacedObject): Priority | undefined {
  const value = asInteger(object.value.value);
  return value === undefined ? undefined : { value, preempts: object.value.preemptionPolicy !== "Never" };
}

interface Ranked {
  readonly workload: Workload;
  readonly value: number;
  readonly importance: number;
}

type Ranking = ReadonlyMap<string, readonly Ranked[]>;

/** By `cluster/importance`: serving workloads of more critical environments than that, the lowest priority first. */
function rankAbove(context: AuditContext): Ranking {
  const { environments } = lookupOf(context.estate);
  const ranked = context.estate.workloads.flatMap((workload): Ranked[] => {
    const criticality = environments.get(workload.environment)?.criticality;
    const priority = priorityOf(context, workload, asText(workload.podSpec.priorityClassName));
    if (workload.opaque || workload.run !== "serving" || criticality === undefined || priority === undefined) return [];
    return [{ workload, value: priority.value, importance: importance[criticality] }];
  });
  const sorted = ranked.toSorted(
    (left, right) => left.value - right.value || (left.workload.id < right.workload.id ? -1 : 1),
  );
  const above = Object.values(importance).flatMap((level) =>
    sorted
      .filter((entry) => entry.importance > level)
      .map((entry) => ({ key: `${entry.workload.cluster}/${level}`, entry })),
  );
  const groups = Map.groupBy(above, ({ key }) => key);
  return new Map([...groups].map(([key, members]) => [key, members.map(({ entry }) => entry)]));
}

const mostNamed = 3;

/** Pods of a less critical environment that put out pods of a more critical one on the same cluster. */
function preemption(
  { estate }: AuditContext,
  workload: Workload,
  { value, preempts }: Priority,
  ranking: Ranking,
): RuleOutcome | undefined {
  const criticality = lookupOf(estate).environments.get(workload.environment)?.criticality;
  if (!preempts || criticality === undefined) return undefined;
  if (systemNamespaces.includes(workload.namespace) || workload.tenant === "platform") return undefined;
  const candidates = ranking.get(`${workload.cluster}/${importance[criticality]}`) ?? [];
  const victims = candidates.slice(0, mostNamed + 1).filter((other) => other.value < value);
  if (victims.length === 0) return undefined;
  const named = victims.slice(0, mostNamed).map((victim) => `${victim.workload.label} (${victim.value})`);
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "3",
    field: [...workload.podSpecPath, "priorityClassName"],
    message: `${workload.label} of ${workload.environment} (priority ${value}) may put out pods of more critical environments on ${workload.cluster}: ${named.join(", ")}${victims.length > mostNamed ? " and others" : ""}.`,
    fix: { description: "Rank production above, or set preemptionPolicy: Never on the class." },
  });
}
