import type { Estate } from "../../../estate/model/estate.ts";
import type { Tenant } from "../../../estate/model/tenant.ts";
import { describeSharing, type SharingVerdict } from "../../../tenancy/tenancy-report.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";

/** TEN-027: tenants that nobody vouches for share a cluster only as far as both accept. */
export const hostileNeighbours: Rule = {
  id: "TEN-027",
  name: "hostile-neighbours",
  title: "Untrusted tenants share no layer of a cluster that they or their neighbours want apart.",
  severity: { high: "critical", medium: "high", low: undefined },
  inputs: ["manifests", "nodePools", "cluster", "tenants"],
  judges: "objects",
  *evaluate({ estate, catalog }) {
    const tenants = new Map(estate.tenants.map((tenant) => [tenant.name, tenant]));
    if (![...tenants.values()].some(isUntrusted)) return;
    for (const pair of describeSharing(estate, catalog).pairs) {
      const [left, right] = pair.tenants.map((name) => tenants.get(name));
      const untrusted = [left, right].filter((tenant) => tenant !== undefined).find(isUntrusted);
      const sharesCluster = pair.layers.some(({ layer, sharing }) => layer === "cluster" && sharing === "shared");
      if (untrusted?.place === undefined || !sharesCluster) continue;
      yield outcomeOf(estate, pair, untrusted);
    }
  },
};

function isUntrusted({ trust }: Tenant): boolean {
  return trust === "external" || trust === "hostile";
}

function outcomeOf(estate: Estate, pair: SharingVerdict, { name, trust, place }: Tenant): RuleOutcome {
  const about = {
    subject: `TenantPair/${pair.tenants.join("+")}`,
    subjectLabel: pair.tenants.join(" and "),
    environment: estate.environments.at(-1)?.name,
    tenant: name,
    namespace: undefined,
    place: place ?? { precision: "file" as const, source: "" },
  };
  switch (pair.verdictKind) {
    case "met":
      return { ...about, verdict: "pass", message: "" };
    case "unmet":
      return {
        ...about,
        verdict: "fail",
        message: `Tenant ${name} is ${trust}: ${pair.verdict}`,
        fix: { description: `Give them ${pair.lifts.join(", and ")}.` },
      };
    case "notEvaluable": {
      const open = pair.layers.filter(({ met }) => met === "notEvaluable").map(({ layer }) => layer);
      return {
        ...about,
        verdict: "notEvaluable",
        missing: ["partial-input"],
        message: `Tenant ${name} is ${trust}, and of ${open.join(", ")} it cannot be told: ${pair.verdict}`,
      };
    }
  }
}
