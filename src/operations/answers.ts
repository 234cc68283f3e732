import type { Assessment } from "./assessment.ts";

/** The three answers with the findings: what summaries of an assessment are made from. */
export type Answers = Pick<Assessment, "structure" | "cost" | "availability" | "findings">;
