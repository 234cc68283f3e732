import type { Rule } from "../rule.ts";

/** AKS: how clusters and node pools are set up, in order of id. */
export const clusterRules: readonly Rule[] = [];
