import { asStringMap } from "../../estate/kubernetes/json-value.ts";
import { namespaceLabels } from "../../estate/kubernetes/namespace-labels.ts";
import { indexObjects, type ObjectIndex } from "../../estate/kubernetes/object-index.ts";
import { type ResourceQuota, readResourceQuotas } from "../../estate/kubernetes/resource-quota.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { BehaviourVerdict, TenancyBehaviour } from "./behaviours.ts";
import { type AdmissionPolicy, admissionPolicies } from "./enforcing-policies.ts";

type AdmissionBehaviour = Extract<
  TenancyBehaviour,
  | "privileged"
  | "capabilities"
  | "privilegeEscalation"
  | "runAsRoot"
  | "hostPath"
  | "hostNetwork"
  | "hostPid"
  | "hostIpc"
  | "nodePort"
  | "imagePull"
>;

interface AdmissionRule {
  /** The lowest level of the Pod Security Standards that denies it; undefined: none does. */
  readonly level: "baseline" | "restricted" | undefined;
  /** What a policy that denies it speaks of. */
  readonly field: string;
}

const admissionRules: { readonly [name in AdmissionBehaviour]: AdmissionRule } = {
  privileged: { level: "baseline", field: "privileged" },
  capabilities: { level: "baseline", field: "capabilities" },
  privilegeEscalation: { level: "restricted", field: "allowPrivilegeEscalation" },
  runAsRoot: { level: "restricted", field: "runAsNonRoot" },
  hostPath: { level: "baseline", field: "hostPath" },
  hostNetwork: { level: "baseline", field: "hostNetwork" },
  hostPid: { level: "baseline", field: "hostPID" },
  hostIpc: { level: "baseline", field: "hostIPC" },
  nodePort: { level: undefined, field: "NodePort" },
  imagePull: { level: undefined, field: "imagePullPolicy" },
};

const enforceLabel = "pod-security.kubernetes.io/enforce";
const levels = ["privileged", "baseline", "restricted"];

/** What admission denies a tenant in its namespaces, and the quotas that it has there; the weakest namespace decides. */
export function admissionBehaviours(
  estate: Pick<Estate, "objects" | "complete">,
  cluster: string,
  namespaces: readonly string[],
): readonly BehaviourVerdict[] {
  const { index } = indexObjects(
    estate.objects.filter((placed) => placed.cluster === cluster).map((placed) => ({ ...placed, environment: "" })),
  );
  const fence: Fence = {
    index,
    cluster,
    namespaces,
    complete: estate.complete,
    quotas: Map.groupBy(readResourceQuotas(index), ({ namespace }) => namespace ?? ""),
    policies: admissionPolicies(index, cluster),
  };
  return [
    ...Object.entries(admissionRules).map(([name, rule]) => admissionVerdict(name as AdmissionBehaviour, rule, fence)),
    quotaVerdict("computeQuota", fence, "CPU and memory", ({ requests, limits }) => {
      const cpu = requests.cpuMillicores ?? limits.cpuMillicores;
      return cpu !== undefined && (requests.memoryBytes ?? limits.memoryBytes) !== undefined;
    }),
    quotaVerdict("objectQuota", fence, "object counts", ({ hard }) =>
      Object.keys(hard).some((key) => key.startsWith("count/") || objectKeys.has(key)),
    ),
  ];
}

const objectKeys: ReadonlySet<string> = new Set([
  "pods",
  "services",
  "configmaps",
  "secrets",
  "persistentvolumeclaims",
]);

interface Fence {
  readonly index: ObjectIndex;
  readonly cluster: string;
  readonly namespaces: readonly string[];
  readonly complete: boolean;
  readonly quotas: ReadonlyMap<string, readonly ResourceQuota[]>;
  readonly policies: readonly AdmissionPolicy[];
}

function admissionVerdict(behaviour: AdmissionBehaviour, rule: AdmissionRule, fence: Fence): BehaviourVerdict {
  const open = fence.namespaces.filter((namespace) => !isDenied(behaviour, rule, fence, namespace));
  if (open.length === 0) {
    const because = rule.level === undefined ? "its quotas leave none" : `Pod Security enforces ${rule.level} or more`;
    return { behaviour, verdict: "holds", because: `${because} in every namespace of it` };
  }
  const policies = fence.policies.filter(({ speaksOf }) => speaksOf(rule.field));
  const undenied = open.find((namespace) => !policies.some(({ denies }) => denies(namespace) === true));
  if (undenied === undefined) {
    return {
      behaviour,
      verdict: "holds",
      because: `${policies[0]?.label ?? "a policy"} denies by ${rule.field}, as it reads`,
    };
  }
  const unread = policies.find(({ denies }) => denies(undenied) === "unknown");
  if (unread !== undefined) {
    const because = `${unread.label} speaks of ${rule.field}, and where it denies is not evaluated`;
    return { behaviour, verdict: "notEvaluable", because };
  }
  if (!fence.complete) {
    const because = isDeclared(fence, undenied)
      ? `no policy that denies it in ${undenied} is known`
      : `the Namespace ${undenied} is not among the manifests`;
    return { behaviour, verdict: "notEvaluable", because };
  }
  const only = policies.length === 0 ? "" : `, and ${policies[0]?.label ?? ""} only warns or covers other namespaces`;
  const level = rule.level === undefined ? "" : levelInWords(fence, undenied);
  return { behaviour, verdict: "broken", because: `nothing denies it in ${undenied}${level}${only}` };
}

function isDenied(behaviour: AdmissionBehaviour, { level }: AdmissionRule, fence: Fence, namespace: string): boolean {
  if (behaviour === "nodePort") {
    return (fence.quotas.get(namespace) ?? []).some(
      ({ hard, scoped }) => !scoped && hard["services.nodeports"] === "0",
    );
  }
  return level !== undefined && levels.indexOf(levelOf(fence, namespace)) >= levels.indexOf(level);
}

/** The level that admission enforces; a value that is none counts as restricted, as the admission controller has it. */
function levelOf({ index, cluster }: Fence, namespace: string): string {
  const stated = asStringMap(namespaceLabels(index, { environment: "", cluster, namespace }))[enforceLabel];
  if (stated === undefined) return "privileged";
  return levels.includes(stated) ? stated : "restricted";
}

function levelInWords(fence: Fence, namespace: string): string {
  const level = levelOf(fence, namespace);
  return level === "privileged" ? ", where Pod Security enforces nothing" : `, where Pod Security enforces ${level}`;
}

function isDeclared({ index, cluster }: Fence, namespace: string): boolean {
  return index.find({ environment: "", cluster, namespace: undefined }, "Namespace", namespace) !== undefined;
}

function quotaVerdict(
  behaviour: TenancyBehaviour,
  { quotas, namespaces, complete }: Fence,
  what: string,
  bounds: (quota: ResourceQuota) => boolean,
): BehaviourVerdict {
  const open = namespaces.find(
    (namespace) => !(quotas.get(namespace) ?? []).some((quota) => !quota.scoped && bounds(quota)),
  );
  if (open === undefined)
    return { behaviour, verdict: "holds", because: `every namespace of it has a quota on ${what}` };
  if (!complete) return { behaviour, verdict: "notEvaluable", because: `no quota on ${what} in ${open} is known` };
  return { behaviour, verdict: "broken", because: `${open} has no quota on ${what}` };
}
