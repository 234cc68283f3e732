import type { Rule } from "../rule.ts";
import { ruleCode } from "../settings/effective-rules.ts";

/** Rules and sub-verdicts that have no policy for the same reason. */
export interface WithoutPolicy {
  readonly reason: string;
  /** Sorted. */
  readonly codes: readonly string[];
}

/** Why an input keeps a rule from being judged at admission; the first that a rule has is said. */
const reasonByInput: readonly (readonly [input: Rule["inputs"][number], reason: string])[] = [
  ["repository", "reads the repository before it is rendered"],
  ["prices", "needs prices"],
  ["usage", "needs measured use"],
  ["objectives", "needs the objectives of journeys"],
  ["environments", "compares environments"],
  ["liveObjects", "compares what is declared with what runs"],
  ["deliveryObjects", "reads what delivers to the cluster"],
  ["nodePools", "needs the node pools"],
  ["cluster", "needs the declaration of the cluster"],
  ["storageClasses", "needs the storage classes"],
  ["rbac", "needs the roles and their bindings"],
  ["namespaces", "needs all objects of the namespace"],
  ["tenants", "needs to know whose the other objects are"],
];

/** Rules of which nothing is enforced, and sub-verdicts that are not, by reason. Sorted by reason. */
export function withoutPolicy(rules: readonly Rule[], expressed: ReadonlySet<string>): readonly WithoutPolicy[] {
  const reasons = rules.flatMap((rule) =>
    expressed.has(rule.id)
      ? (rule.admission?.beyond ?? []).flatMap(({ parts, reason }) =>
          parts.map((part) => ({ code: ruleCode(rule, part), reason })),
        )
      : [{ code: rule.id, reason: reasonOf(rule) }],
  );
  return [...Map.groupBy(reasons, ({ reason }) => reason)]
    .map(([reason, own]) => ({ reason, codes: own.map(({ code }) => code).toSorted() }))
    .toSorted((left, right) => (left.reason < right.reason ? -1 : 1));
}

function reasonOf({ inputs, admission }: Rule): string {
  if (admission !== undefined) return "concerns no namespace here, or is switched off";
  const found = reasonByInput.find(([input]) => inputs.includes(input));
  return found?.[1] ?? "weighs several objects against one another, or has no expression yet";
}
