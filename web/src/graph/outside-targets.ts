import type { Assessment } from "../../../src/operations/assessment/assessment.ts";

/** Something beyond the clusters that a workload depends on. */
export interface OutsideTarget {
  /** As the dependency writes it, such as `DataStore/orders` or `host:api.bank.example`. */
  readonly reference: string;
  readonly label: string;
  /** In words: `data store`, `cloud service`, `host`, `nothing answers`. */
  readonly kind: string;
}

const kinds: readonly { readonly prefix: string; readonly kind: string }[] = [
  { prefix: "DataStore/", kind: "data store" },
  { prefix: "CloudService/", kind: "cloud service" },
  { prefix: "host:", kind: "host" },
  { prefix: "dangling:", kind: "no Service answers" },
];

/** Targets of dependencies that are no workload of the estate, each once, in order of kind and name. */
export function outsideTargets(assessment: Assessment): readonly OutsideTarget[] {
  const references = new Set(assessment.estate.dependencies.map((dependency) => dependency.to));
  return kinds.flatMap(({ prefix, kind }) =>
    [...references]
      .filter((reference) => reference.startsWith(prefix))
      .sort()
      .map((reference) => ({ reference, label: reference.slice(prefix.length), kind })),
  );
}
