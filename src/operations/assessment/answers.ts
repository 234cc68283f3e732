import type { Assessment } from "./assessment.ts";

/** The three answers with the findings: what summaries of an assessment are made from. */
export interface Answers extends Pick<Assessment, "structure" | "cost" | "availability" | "findings"> {
  /** In order of promotion: the last one is production. */
  readonly environments: readonly string[];
}
