import type { Finding } from "../finding.ts";
import { compareText } from "./finding-order.ts";

/** What one missing input keeps from being judged. */
export interface EvidenceGap {
  /** Code of the closed set, such as `needs-P`. */
  readonly missing: string;
  /** What to do about it, an imperative sentence without its full stop. */
  readonly supply: string;
  /** Rules that it keeps from judging something, in order. */
  readonly rules: readonly string[];
  /** Verdicts that it keeps from being given. */
  readonly verdicts: number;
  /** One of them. */
  readonly example: string;
}

const supplies: { readonly [missing: string]: string } = {
  "needs-M": "audit the rendered manifests",
  "needs-N": "add the Namespace objects with their labels",
  "needs-R": "add the RBAC objects (roles and bindings)",
  "needs-S": "add the StorageClass objects, or name a built-in class",
  "needs-P": "declare node pools (Cluster.spec.nodePools)",
  "needs-C": "declare the cluster (a Cluster document)",
  "needs-T": "declare tenants (Tenant documents)",
  "needs-A": "declare objectives and load (an Application document)",
  "needs-X": "give measurements (metrics)",
  "needs-€": "give prices",
  "needs-G": "audit the repository before it is rendered",
  "needs-L": "audit an export of the live objects",
  "needs-D": "add the Flux or Argo CD objects",
  "needs-E": "declare environments and regions (an Estate document)",
  "unparsable-dependency": "repair what could not be read (see the errors above)",
  "unresolved-variable": "substitute variables before auditing, or pipe in the result",
  "unknown-kind": "nothing: an operator makes these pods, and their manifests are not in the input",
  "partial-input": "say that everything is declared (Estate.spec.complete: true)",
  "engine-undefined": "declare the network policy engine (Cluster.spec.network.policyEngine)",
  "ambiguous-priority": "give policies with different outcomes different priorities",
};

/** What is not evaluable, by what would make it so; what most rules wait for comes first. */
export function evidenceGaps(findings: readonly Finding[]): readonly EvidenceGap[] {
  const gaps = new Map<string, { rules: Set<string>; verdicts: number; example: string }>();
  for (const { verdict, missing, rule, message } of findings) {
    if (verdict !== "notEvaluable") continue;
    for (const code of missing ?? []) {
      const gap = gaps.get(code) ?? { rules: new Set<string>(), verdicts: 0, example: message };
      gap.rules.add(rule.split(".", 1)[0] ?? rule);
      gap.verdicts += 1;
      gaps.set(code, gap);
    }
  }
  return [...gaps]
    .map(([missing, { rules, verdicts, example }]) => ({
      missing,
      supply: supplies[missing] ?? `supply what ${missing} names`,
      rules: [...rules].sort(),
      verdicts,
      example,
    }))
    .sort((left, right) => right.rules.length - left.rules.length || compareText(left.missing, right.missing));
}
