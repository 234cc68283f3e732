import { asText, isJsonObject } from "../estate/kubernetes/json-value.ts";
import type { Taint } from "../estate/model/cluster.ts";

/** A toleration as a pod spec states it; read loosely. */
export interface Toleration {
  readonly key: string;
  readonly operator: "Equal" | "Exists";
  readonly value: string;
  /** Undefined: every effect. */
  readonly effect: string | undefined;
}

/** Tolerations that the DaemonSet controller adds to its pods, so that they run on nodes in trouble. */
export const daemonSetTolerations: readonly Toleration[] = [
  { key: "node.kubernetes.io/not-ready", operator: "Exists", value: "", effect: "NoExecute" },
  { key: "node.kubernetes.io/unreachable", operator: "Exists", value: "", effect: "NoExecute" },
  { key: "node.kubernetes.io/disk-pressure", operator: "Exists", value: "", effect: "NoSchedule" },
  { key: "node.kubernetes.io/memory-pressure", operator: "Exists", value: "", effect: "NoSchedule" },
  { key: "node.kubernetes.io/pid-pressure", operator: "Exists", value: "", effect: "NoSchedule" },
  { key: "node.kubernetes.io/unschedulable", operator: "Exists", value: "", effect: "NoSchedule" },
];

/** Reads a `tolerations` list; entries that Kubernetes would refuse tolerate nothing. */
export function readTolerations(entries: readonly unknown[]): readonly Toleration[] {
  return entries.flatMap((entry) => {
    if (!isJsonObject(entry)) return [];
    const key = asText(entry.key) ?? "";
    const operator = asText(entry.operator) ?? "Equal";
    if (operator !== "Equal" && operator !== "Exists") return [];
    if (key === "" && operator !== "Exists") return [];
    return [{ key, operator, value: asText(entry.value) ?? "", effect: asText(entry.effect) }];
  });
}

/** Kubernetes' rule: effect and key match where stated; `Equal` compares the value (missing counts as empty). */
function tolerates(toleration: Toleration, taint: Taint): boolean {
  if (toleration.effect !== undefined && toleration.effect !== taint.effect) return false;
  if (toleration.key !== "" && toleration.key !== taint.key) return false;
  return toleration.operator === "Exists" || toleration.value === (taint.value ?? "");
}

/** The first taint, in the order of the node, that keeps the pod away. `PreferNoSchedule` never does. */
export function firstUntolerated(taints: readonly Taint[], tolerations: readonly Toleration[]): Taint | undefined {
  return taints.find(
    (taint) => taint.effect !== "PreferNoSchedule" && !tolerations.some((each) => tolerates(each, taint)),
  );
}

/** `PreferNoSchedule` taints that the pod does not tolerate: kube-scheduler avoids such nodes where it can. */
export function avoidedTaints(taints: readonly Taint[], tolerations: readonly Toleration[]): number {
  const preferences = tolerations.filter((each) => each.effect === undefined || each.effect === "PreferNoSchedule");
  return taints.filter(
    (taint) => taint.effect === "PreferNoSchedule" && !preferences.some((each) => tolerates(each, taint)),
  ).length;
}

/** `key=value:effect`, as `kubectl describe node` prints it. */
export function formatTaint(taint: Taint): string {
  return `${taint.key}${taint.value === undefined || taint.value === "" ? "" : `=${taint.value}`}:${taint.effect}`;
}
