import { firstUntolerated } from "../../tolerations.ts";
import type { PodTemplate } from "../model/pod-template.ts";
import type { NodeColumn, NodeTable } from "../state/node-table.ts";
import { matchesNodeAffinity } from "./node-filter.ts";

/** Which nodes a spread constraint counts. */
export interface EligibilityRule {
  /** Nodes must have all of them. */
  readonly topologyKeys: readonly string[];
  readonly honorsNodeAffinity: boolean;
  readonly honorsNodeTaints: boolean;
}

/** 1 for each node that counts, in a column that alike pods share. */
export function eligibleNodes(
  rule: EligibilityRule,
  template: PodTemplate,
  nodes: NodeTable,
): { readonly key: string; readonly column: NodeColumn } {
  const { topologyKeys, honorsNodeAffinity, honorsNodeTaints } = rule;
  const key = `eligible ${JSON.stringify([
    topologyKeys,
    honorsNodeAffinity ? [template.nodeSelector, template.nodeAffinity.required] : null,
    honorsNodeTaints ? template.tolerations : null,
  ])}`;
  const column = nodes.column(key, (node) => {
    if (!topologyKeys.every((each) => Object.hasOwn(node.labels, each))) return 0;
    if (honorsNodeAffinity && !matchesNodeAffinity(template, node)) return 0;
    if (honorsNodeTaints && firstUntolerated(node.taints, template.tolerations) !== undefined) return 0;
    return 1;
  });
  return { key, column };
}
