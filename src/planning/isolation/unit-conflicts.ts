import type { Estate } from "../../estate/model/estate.ts";
import type { Tenant } from "../../estate/model/tenant.ts";
import type { PlanUnit } from "../model/site.ts";
import type { PlanPolicy } from "../plan-policy.ts";
import { demandedIsolation } from "./demanded-isolation.ts";

/** Why two units cannot be on one cluster. */
export interface UnitConflict {
  readonly kind: "environment" | "tenant" | "names" | "crd";
  /** One clause. */
  readonly because: string;
}

/** What decides whether two units may share a cluster. */
export interface ConflictContext {
  readonly tenants: ReadonlyMap<string, Tenant>;
  readonly policy: PlanPolicy;
  /** `cluster/application` to CRDs that it ships, each with what the definition says. */
  readonly definitions: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

export function conflictContext(estate: Estate, policy: PlanPolicy): ConflictContext {
  const definitions = new Map<string, Map<string, string>>();
  for (const { object, cluster, environment, application } of estate.objects) {
    if (object.kind !== "CustomResourceDefinition" || application === undefined) continue;
    const key = `${cluster}/${environment}/${application}`;
    const known = definitions.get(key) ?? new Map<string, string>();
    definitions.set(key, known.set(object.name, JSON.stringify(object.value.spec ?? {})));
  }
  return { tenants: new Map(estate.tenants.map((tenant) => [tenant.name, tenant])), policy, definitions };
}

/** The first reason that keeps two units of one region off one cluster; undefined where none does. */
export function unitConflict(left: PlanUnit, right: PlanUnit, context: ConflictContext): UnitConflict | undefined {
  return (
    environmentConflict(left, right) ??
    tenantConflict(left, right, context) ??
    nameConflict(left, right) ??
    crdConflict(left, right, context)
  );
}

/** Production is apart from everything else; what is less critical may share. */
function environmentConflict(left: PlanUnit, right: PlanUnit): UnitConflict | undefined {
  if (left.environment.name === right.environment.name) return undefined;
  const critical = [left, right].find(({ environment }) => environment.criticality === "high");
  if (critical === undefined) return undefined;
  const { name } = critical.environment;
  return { kind: "environment", because: `${name} is of high criticality and shares no cluster with others` };
}

function tenantConflict(
  left: PlanUnit,
  right: PlanUnit,
  { tenants, policy }: ConflictContext,
): UnitConflict | undefined {
  if (left.tenant === right.tenant) return undefined;
  for (const name of [left.tenant, right.tenant]) {
    const chosen = policy.isolation.get(name);
    const tenant = tenants.get(name);
    const demanded = tenant === undefined ? undefined : demandedIsolation(tenant);
    if ((chosen ?? demanded?.choice) !== "cluster") continue;
    const layers = chosen === undefined ? (demanded?.because ?? []).slice(0, 2).join(" and ") : "";
    const because = layers === "" ? `${name} gets a cluster of its own` : `${name} accepts to share no ${layers}`;
    return { kind: "tenant", because };
  }
  return undefined;
}

/** One cluster has one object of a kind and name in a namespace. */
function nameConflict(left: PlanUnit, right: PlanUnit): UnitConflict | undefined {
  if (left.environment.name === right.environment.name && left.cluster.name === right.cluster.name) return undefined;
  const names = new Set(left.workloads.map(nameOf));
  const shared = right.workloads.map(nameOf).find((name) => names.has(name));
  if (shared === undefined) return undefined;
  const places = [placeOf(left), placeOf(right)].toSorted().join(" and ");
  return { kind: "names", because: `${places} have the same names, such as ${shared}` };
}

function placeOf({ environment, cluster }: PlanUnit): string {
  return `${environment.name} on ${cluster.name}`;
}

function nameOf({ namespace, kind, name }: PlanUnit["workloads"][number]): string {
  return `${namespace}/${kind}/${name}`;
}

function crdConflict(left: PlanUnit, right: PlanUnit, { definitions }: ConflictContext): UnitConflict | undefined {
  const others = definitions.get(keyOf(right));
  for (const [name, definition] of definitions.get(keyOf(left)) ?? []) {
    const other = others?.get(name);
    if (other !== undefined && other !== definition) {
      return { kind: "crd", because: `they ship different definitions of ${name}, and a cluster has one` };
    }
  }
  return undefined;
}

function keyOf({ cluster, environment, application }: PlanUnit): string {
  return `${cluster.name}/${environment.name}/${application ?? ""}`;
}
