import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import {
  policyAddressInvalid,
  policyKindNotEvaluated,
  policyNotEnforced,
  policyRangeOfOtherFamily,
  policySectionEmpty,
  policyUnreadable,
} from "../../estate/diagnostics/reachability-diagnostics.ts";
import { groupKind } from "../../estate/kubernetes/group-kind.ts";
import { asObject } from "../../estate/kubernetes/json-value.ts";
import type { ObjectIndex } from "../../estate/kubernetes/object-index.ts";
import type { PlacedObject } from "../../estate/model/estate.ts";
import { enforcementOf, type PolicyEngine, type PolicyFamily } from "./policy-engine.ts";
import { FaultLog } from "./policy-fault.ts";
import { policyLabel, type ReachPolicy } from "./reach-policy.ts";
import { adminPolicyKinds, readAdminPolicy } from "./read-admin-policies.ts";
import { ciliumPolicyKinds, readCiliumPolicy } from "./read-cilium-policies.ts";
import { networkPolicyKinds, type PolicyReading, readNetworkPolicy } from "./read-network-policies.ts";

/** Calico's own kinds, which AKS neither tests nor supports. */
const calicoPolicyKinds = [
  "NetworkPolicy.crd.projectcalico.org",
  "GlobalNetworkPolicy.crd.projectcalico.org",
  "NetworkPolicy.projectcalico.org",
  "GlobalNetworkPolicy.projectcalico.org",
] as const;

const families: readonly {
  readonly family: PolicyFamily;
  readonly kinds: readonly string[];
  readonly read: (placed: PlacedObject) => PolicyReading;
}[] = [
  { family: "kubernetes", kinds: networkPolicyKinds, read: readNetworkPolicy },
  { family: "admin", kinds: adminPolicyKinds, read: readAdminPolicy },
  { family: "cilium", kinds: ciliumPolicyKinds, read: readCiliumPolicy },
  { family: "calico", kinds: calicoPolicyKinds, read: readForeignPolicy },
];

/** A policy that an engine heeds, or may heed (`certain: false`) depending on its version. */
export interface EnforcedPolicy {
  readonly policy: ReachPolicy;
  readonly certain: boolean;
}

/** Policies of one cluster that its engine enforces, and what is wrong with them. */
export interface PolicySet {
  readonly policies: readonly EnforcedPolicy[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Kinds of policies, as `Kind.group`. */
export const policyKinds: readonly string[] = families.flatMap(({ kinds }) => kinds);

/** Reads the policies of a cluster by what its engine enforces; those that it does not are reported and left out. */
export function readPolicySet(index: ObjectIndex, cluster: string, engine: PolicyEngine): PolicySet {
  const policies: EnforcedPolicy[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const { family, kinds, read } of families) {
    const enforcement = enforcementOf(engine, family);
    for (const placed of index.ofKind(...kinds)) {
      if (placed.cluster !== cluster) continue;
      if (enforcement === "no") {
        diagnostics.push(reportNotEnforced(placed, engine));
        continue;
      }
      const reading = read(placed);
      policies.push(...reading.policies.map((policy) => ({ policy, certain: enforcement === "yes" })));
      diagnostics.push(...reportReading(placed, reading));
    }
  }
  return { policies, diagnostics };
}

/** What a kind of another engine says is not read: its pods may reach anything, or nothing. */
function readForeignPolicy({ cluster, namespace, object }: PlacedObject): PolicyReading {
  const policy: ReachPolicy = {
    kind: object.kind,
    name: object.name,
    namespace: object.kind === "GlobalNetworkPolicy" ? undefined : namespace,
    cluster,
    family: "calico",
    tier: "namespace",
    priority: 0,
    subject: undefined,
    ingress: undefined,
    egress: undefined,
    unreadable: `policies of kind ${groupKind(object)} are not evaluated`,
    place: object.locate([]),
  };
  return { policies: [policy], log: new FaultLog() };
}

function reportNotEnforced({ cluster, namespace, object }: PlacedObject, engine: PolicyEngine): Diagnostic {
  const policy = policyLabel({ kind: object.kind, namespace, name: object.name });
  const name = engine === "none" ? "a cluster without a policy engine" : `the engine ${engine}`;
  return diagnose(policyNotEnforced, { policy, cluster, engine: name }, { place: object.locate([]) });
}

function* reportReading({ cluster, namespace, object }: PlacedObject, { policies, log }: PolicyReading) {
  const policy = policyLabel({ kind: object.kind, namespace, name: object.name });
  for (const { kind, path, text } of log.faults) {
    const rule = kind === "address" ? policyAddressInvalid : policyUnreadable;
    yield diagnose(rule, { policy, cluster, problem: text }, { place: object.locate(path) });
  }
  const [ipv6] = log.ipv6;
  if (ipv6 !== undefined) yield diagnose(policyRangeOfOtherFamily, { policy, cluster }, { place: object.locate(ipv6) });
  const [first] = policies;
  if (first?.family === "calico") yield diagnose(policyKindNotEvaluated, { policy, cluster }, { place: first.place });
  if (first?.family !== "cilium") return;
  const spec = asObject(object.value.spec);
  for (const section of ["ingress", "egress"]) {
    const value = spec[section];
    if (!Array.isArray(value) || value.length > 0) continue;
    yield diagnose(policySectionEmpty, { policy, cluster, section }, { place: object.locate(["spec", section]) });
  }
}
