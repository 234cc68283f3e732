import type { FindingExemption } from "../finding.ts";

/** `exempt until 2027-01-31`, `ignored for kube-linter unset-cpu-requirements`. */
export function exemptionInWords({ tool, check, until }: FindingExemption): string {
  if (tool === undefined) return `exempt until ${until ?? "further notice"}`;
  return `ignored for ${tool}${check === undefined ? "" : ` ${check}`}`;
}
