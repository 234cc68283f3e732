import { entryOf } from "../../estate/kubernetes/map-entry.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { Tenant } from "../../estate/model/tenant.ts";
import type { Rule, RuleOutcome } from "../rule.ts";
import { namespacesOf, platformTenant } from "./tenant-namespaces.ts";

/**
 * Rules that bound what a tenant may take. They protect its neighbours from it and not its data, so a higher class of data
 * makes their breach no worse.
 */
const boundsOfUse: ReadonlySet<string> = new Set(["TEN-002", "TEN-003", "TEN-004", "TEN-010", "TEN-011", "TEN-012"]);

/**
 * The rule with the severity that the tenants at hand give it: one step up where the tenant is not trusted or its data are
 * of a higher class than a neighbour's, one step down where all tenants of its clusters are one team. A severity that the
 * Estate sets for the rule stays as it is.
 */
export function weighedByTrust(rule: Rule): Rule {
  return {
    ...rule,
    *evaluate(context) {
      const steps = stepsOf(context.estate, !boundsOfUse.has(rule.id));
      for (const outcome of rule.evaluate(context)) yield { ...outcome, severitySteps: steps(outcome) };
    },
  };
}

type Steps = (outcome: Pick<RuleOutcome, "environment" | "tenant">) => number;

const known = new WeakMap<Estate, Map<boolean, Steps>>();

function stepsOf(estate: Estate, isAboutData: boolean): Steps {
  const ofEstate = known.get(estate) ?? new Map<boolean, Steps>();
  known.set(estate, ofEstate);
  return entryOf(ofEstate, isAboutData, () => countSteps(estate, isAboutData ? estate.classifications : []));
}

/** Classes of data from the lowest to the highest; tenants of none are told apart by trust alone. */
function countSteps(estate: Estate, classes: readonly string[]): Steps {
  const tenants = new Map(estate.tenants.map((tenant) => [tenant.name, tenant]));
  const byCluster = new Map<string, Set<string>>();
  const clustersOf = new Map<string, Set<string>>();
  for (const { environment, cluster, tenant } of namespacesOf(estate)) {
    if (tenant !== platformTenant) entryOf(byCluster, cluster, () => new Set<string>()).add(tenant);
    for (const key of [tenant, `${environment}/${tenant}`]) {
      entryOf(clustersOf, key, () => new Set<string>()).add(cluster);
    }
  }
  const membersOf = (cluster: string) => [...(byCluster.get(cluster) ?? [])].flatMap((name) => tenants.get(name) ?? []);
  const count: Steps = ({ environment, tenant }) => {
    const key = environment === undefined ? (tenant ?? "") : `${environment}/${tenant ?? ""}`;
    const groups = [...(clustersOf.get(key) ?? byCluster.keys())].map(membersOf);
    const own = tenant === undefined ? undefined : tenants.get(tenant);
    if (own !== undefined && groups.some((members) => standsOut(own, members, classes))) return 1;
    return groups.every((members) => members.every(({ trust }) => trust === "team")) ? -1 : 0;
  };
  // Outcomes by the thousand speak of the same few tenants.
  const counted = new Map<string | undefined, Map<string | undefined, number>>();
  return (outcome) => {
    const ofEnvironment = entryOf(counted, outcome.environment, () => new Map<string | undefined, number>());
    return entryOf(ofEnvironment, outcome.tenant, () => count(outcome));
  };
}

function standsOut(tenant: Tenant, members: readonly Tenant[], classes: readonly string[]): boolean {
  const neighbours = members.filter(({ name }) => name !== tenant.name);
  if (neighbours.length === 0 || tenant.name === platformTenant) return false;
  if (tenant.trust === "external" || tenant.trust === "hostile") return true;
  const rank = ({ classification }: Tenant) => classes.indexOf(classification ?? "");
  return neighbours.some((neighbour) => rank(neighbour) >= 0 && rank(tenant) > rank(neighbour));
}
