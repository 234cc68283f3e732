import type { DiagnosticRule } from "./diagnostic-rule.ts";

/** A tenant wants a wide layer apart and says that a layer inside it may be shared. */
export const contradictoryAcceptance: DiagnosticRule<{
  readonly tenant: string;
  readonly outer: string;
  readonly inner: string;
  readonly accepted: string;
}> = {
  code: "EST-725",
  name: "contradictory-acceptance",
  severity: "warning",
  message: ({ tenant, outer, inner, accepted }) =>
    `${tenant} wants ${outer} separate and accepts ${inner} ${accepted}, which is inside it and then separate too.`,
  hint: ({ outer, inner }) => `Leave out ${inner}, or accept ${outer} bounded or shared if that is what is meant.`,
};

/** A tenant that is not to be trusted at all accepts a common cluster. */
export const hostileAcceptsCluster: DiagnosticRule<{ readonly tenant: string; readonly layer: string }> = {
  code: "EST-726",
  name: "hostile-accepts-cluster",
  severity: "note",
  message: ({ tenant, layer }) =>
    `${tenant} is hostile and accepts a common ${layer}, so only nodes, network and the like are held apart, not the cluster.`,
};

export const acceptanceDiagnosticRules = [contradictoryAcceptance, hostileAcceptsCluster] as const;
