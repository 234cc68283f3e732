import type { Estate } from "../../estate/model/estate.ts";
import type { CloudService, DataStore } from "../../estate/model/service.ts";
import type { Bearer } from "./charge.ts";

/** A store belongs to the tenant of its application; without one, to the only tenant that depends on it. */
export function ownerOfDataStore(estate: Estate, { name, application }: DataStore): Bearer {
  const owner = estate.applications.find((each) => each.name === application);
  if (owner !== undefined) return bearerOf(owner.tenant, owner.name, `DataStore/${name}`);
  const users = estate.dependencies
    .filter(({ to }) => to.kind === "dataStore" && to.name === name)
    .map(({ from }) => from);
  return ownerByUse(estate, users, `DataStore/${name}`);
}

/** A cloud service belongs to the only tenant that depends on it or comes in through it, and to all otherwise. */
export function ownerOfCloudService(estate: Estate, { name }: CloudService): Bearer {
  const dependants = estate.dependencies
    .filter(({ to }) => to.kind === "cloudService" && to.name === name)
    .map(({ from }) => from);
  const behind = estate.entryPoints
    .filter(({ through }) => through.includes(name))
    .flatMap(({ workloads }) => workloads);
  return ownerByUse(estate, [...dependants, ...behind], `CloudService/${name}`);
}

function ownerByUse(estate: Estate, workloadIds: readonly string[], subject: string): Bearer {
  const ids = new Set(workloadIds);
  const users = estate.workloads.filter(({ id }) => ids.has(id));
  const tenants = [...new Set(users.map(({ tenant }) => tenant))];
  const applications = [...new Set(users.map(({ application }) => application))];
  const [tenant] = tenants;
  if (tenants.length !== 1 || tenant === undefined) return { part: "sharedPlatform", subject };
  return bearerOf(tenant, applications.length === 1 ? applications[0] : undefined, subject);
}

function bearerOf(tenant: string, application: string | undefined, subject: string): Bearer {
  return tenant === "platform"
    ? { part: "sharedPlatform", subject, tenant, application }
    : { part: "tenant", subject: tenant, tenant, application };
}
