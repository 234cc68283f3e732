import { booleanAt, textAt } from "../pod-fields.ts";
import type { CheckVersion } from "../pod-security-check.ts";

type Evaluate = CheckVersion["evaluate"];

/** Passes pods that say with `spec.os.name` that they are for Windows; a node selector does not count. */
export function exemptWindows(evaluate: Evaluate): Evaluate {
  return (pod) => (textAt(pod.value, ["spec", "os", "name"]) === "windows" ? [] : evaluate(pod));
}

/** Passes pods with a user namespace of their own (`hostUsers: false`): root in them is nobody on the node. */
export function exemptUserNamespaces(evaluate: Evaluate): Evaluate {
  return (pod) => (booleanAt(pod.value, ["spec", "hostUsers"]) === false ? [] : evaluate(pod));
}
