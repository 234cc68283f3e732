import type { Rule } from "../rule.ts";
import { defaultDeny } from "./TEN-005/rule.ts";

/** TEN: what keeps tenants apart, in order of id. */
export const tenancyRules: readonly Rule[] = [defaultDeny];
