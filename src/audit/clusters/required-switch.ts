import type { Estate } from "../../estate/model/estate.ts";
import type { FieldPath } from "../../estate/sources/yaml-document.ts";
import type { RuleOutcome } from "../rule.ts";
import { clusterVerdict } from "./cluster-outcome.ts";
import { type DeclaredCluster, settingOf } from "./declared-settings.ts";

/** A setting of clusters that has one right value. */
export interface RequiredSwitch {
  readonly field: FieldPath;
  readonly value: (cluster: DeclaredCluster) => boolean | undefined;
  /** What AKS does when nothing is said. */
  readonly byDefault: boolean;
  readonly wanted: boolean;
  /** What is the case when it is not so, as a clause after the cluster's name. */
  readonly consequence: string;
  readonly fix: string;
  readonly part?: string;
}

/** Fails for each switch that stands wrong; switches that are not stated are listed together as not evaluable. */
export function* judgeSwitches(
  estate: Estate,
  cluster: DeclaredCluster,
  switches: readonly RequiredSwitch[],
): Iterable<RuleOutcome> {
  const unsaid: FieldPath[] = [];
  for (const { field, value, byDefault, wanted, consequence, fix, part } of switches) {
    const actual = settingOf(estate, value(cluster), byDefault);
    if (actual === undefined) unsaid.push(field);
    if (actual === undefined || actual === wanted) continue;
    const stated = cluster.declared.states(field) ? "" : " (the default of AKS, since nothing is said)";
    yield clusterVerdict(estate, cluster, {
      verdict: "fail",
      field,
      message: `${cluster.name}: ${field.join(".")} is ${actual}${stated}, so ${consequence}.`,
      fix: { description: fix, edits: [{ path: field, value: wanted }] },
      ...(part === undefined ? {} : { part }),
    });
  }
  const [first] = unsaid;
  if (first === undefined) return;
  const list = unsaid.map((field) => field.join(".")).join(", ");
  const message = `Cluster ${cluster.name} does not say ${list}, and the estate is not declared complete.`;
  yield clusterVerdict(estate, cluster, { verdict: "notEvaluable", missing: ["needs-C"], field: first, message });
}
