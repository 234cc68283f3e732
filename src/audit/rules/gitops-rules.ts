import type { Rule } from "../rule.ts";
import { imagePinned } from "./GIT-001/rule.ts";

/** GIT: what is true of the repository, in order of id. */
export const gitopsRules: readonly Rule[] = [imagePinned];
