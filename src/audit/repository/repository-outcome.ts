import type { Place } from "../../estate/sources/place.ts";
import type { RuleOutcome } from "../rule.ts";

/** An outcome about a file or folder of the repository; it belongs to no environment, so it weighs as in production. */
export function repositoryOutcome(
  path: string,
  verdict: Pick<RuleOutcome, "verdict" | "message"> &
    Partial<Pick<RuleOutcome, "part" | "missing" | "fix" | "path" | "severity">>,
  place: Place = { precision: "exact", source: path, line: 1, column: 1 },
): RuleOutcome {
  return {
    ...verdict,
    subject: `Repository/${path}`,
    subjectLabel: path,
    environment: undefined,
    tenant: undefined,
    namespace: undefined,
    place,
  };
}
