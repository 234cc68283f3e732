import { formatFieldPath } from "../../estate/kubernetes/field-path.ts";
import type { FieldPath } from "../../estate/sources/yaml-document.ts";
import type { Deviation } from "./pod-security-check.ts";
import type { StandardContainer, StandardPod } from "./standard-pod.ts";

/** What one container does that it must not, for every container of the pod; containers that cannot be read are unknown. */
export function ofContainers(
  pod: StandardPod,
  inspect: (container: StandardContainer) => readonly Deviation[],
): readonly Deviation[] {
  return [
    ...pod.containers.flatMap(inspect),
    ...pod.unreadable.map((path) => ({ path, words: "cannot be read", unknown: true as const })),
  ];
}

/** A value that decides and cannot be read. */
export function notReadable(path: FieldPath, container?: StandardContainer): Deviation {
  const words = `states something at ${formatFieldPath(path)} that cannot be read`;
  return { path, words, unknown: true, ...(container === undefined ? {} : { container }) };
}

/** `a`, `a and b`, `a, b and c`, each in quotes. */
export function quoted(values: readonly string[]): string {
  const [last, ...before] = values.map((value) => `"${value}"`).toReversed();
  return before.length === 0 ? (last ?? "") : `${before.toReversed().join(", ")} and ${last}`;
}
