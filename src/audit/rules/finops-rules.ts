import type { Rule } from "../rule.ts";

/** FIN: what costs more than it must, in order of id. */
export const finopsRules: readonly Rule[] = [];
