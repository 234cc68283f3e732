import { asList, asObject } from "../../estate/kubernetes/json-value.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { Tenant } from "../../estate/model/tenant.ts";
import type { PodShape } from "../../scheduling/pod-shape.ts";
import { demandedIsolation } from "../isolation/demanded-isolation.ts";
import type { PlanUnit } from "../model/site.ts";
import { isOneZone, type PlanPolicy } from "../plan-policy.ts";

/** What pods must have in common to stand on the nodes of one pool. */
export interface PodClass {
  /** The tenant that has the nodes for itself; undefined: everybody who accepts to share. */
  readonly exclusiveTo: string | undefined;
  readonly sandboxed: boolean;
  readonly operatingSystem: "linux" | "windows";
  readonly architecture: "amd64" | "arm64";
  readonly gpu: boolean;
  readonly spot: boolean;
  /** All of its pods run with any one zone gone. */
  readonly headroom: boolean;
  readonly oneZone: boolean;
}

/** What decides the class of a workload's pods. */
export interface ClassContext {
  readonly policy: PlanPolicy;
  readonly tenants: ReadonlyMap<string, Tenant>;
  /** Tenants of the cluster, without the platform: nobody has to be kept apart from nobody. */
  readonly neighbours: ReadonlySet<string>;
}

const spotLabel = "kubernetes.azure.com/scalesetpriority";

export function podClassOf(unit: PlanUnit, workload: Workload, shape: PodShape, context: ClassContext): PodClass {
  const { criticality } = unit.environment;
  const { policy } = context;
  const sandboxed = shape.sandboxed || isolationOf(unit.tenant, context) === "sandbox";
  return {
    exclusiveTo: isExclusive(unit.tenant, context) ? unit.tenant : undefined,
    sandboxed,
    operatingSystem: shape.operatingSystem,
    architecture: architectureOf(workload),
    gpu: shape.demand.gpus > 0,
    spot: workload.nodeSelector[spotLabel] === "spot",
    headroom: policy.headroom.includes(criticality),
    oneZone: isOneZone(policy, unit.environment),
  };
}

/** The isolation that a tenant gets: what the policy says, or what it demands. */
function isolationOf(tenant: string, { policy, tenants }: ClassContext) {
  const own = tenants.get(tenant);
  // A pool of its own separates kernels too, without another runtime for its pods.
  const demanded = own === undefined ? "shared" : demandedIsolation(own).choice;
  return policy.isolation.get(tenant) ?? (demanded === "sandbox" ? "pool" : demanded);
}

function isExclusive(tenant: string, context: ClassContext): boolean {
  const others = [...context.neighbours].some((each) => each !== tenant);
  return others && isolationOf(tenant, context) === "pool";
}

export function classKey(each: PodClass): string {
  return Object.values(each).map(String).join("|");
}

/** Stated by selector or by a required affinity to one architecture; amd64 otherwise, as most images are. */
function architectureOf({ nodeSelector, podSpec }: Workload): PodClass["architecture"] {
  const selected = nodeSelector["kubernetes.io/arch"];
  if (selected !== undefined) return selected === "arm64" ? "arm64" : "amd64";
  const node = asObject(asObject(podSpec.affinity).nodeAffinity);
  const terms = asList(asObject(node.requiredDuringSchedulingIgnoredDuringExecution).nodeSelectorTerms);
  const asksForArm = terms.map((term) =>
    asList(asObject(term).matchExpressions).some((expression) => {
      const { key, operator, values } = asObject(expression);
      return key === "kubernetes.io/arch" && operator === "In" && asList(values).every((value) => value === "arm64");
    }),
  );
  return asksForArm.length > 0 && asksForArm.every(Boolean) ? "arm64" : "amd64";
}
