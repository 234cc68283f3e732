import type { Comparison } from "../sharing/comparison.ts";
import type { LocatedTenant } from "../sharing/tenant-presence.ts";
import type { Starvation } from "./kernel-report.ts";

/**
 * Who can take what others need on the nodes of one pool (`cluster/pool`), whatever they are expected to take: a fault or
 * an attack is enough. Only tenants of which the pool may take pods count.
 */
export function starvationOn(
  pool: string,
  tenants: readonly LocatedTenant[],
  comparison: Comparison,
): readonly Starvation[] {
  if (tenants.length < 2) return [];
  return tenants.flatMap((tenant) => {
    const others = tenants.filter((other) => other !== tenant);
    return [
      ...pidStarvation(pool, tenant, others, comparison),
      ...watchStarvation(pool, tenant, others, comparison),
      ...storageStarvation(pool, tenant, others, comparison),
      starvation("conntrack", tenant, others, `one table tracks the connections of all pods on a node of ${pool}`),
      starvation("diskIops", tenant, others, `Kubernetes bounds no pod's disk operations on ${pool}`),
      ...portStarvation(pool, tenant, others),
    ];
  });
}

function starvation(
  dimension: Starvation["dimension"],
  by: LocatedTenant,
  others: readonly LocatedTenant[],
  because: string,
  certain = true,
): Starvation {
  return { dimension, by: by.tenant.name, of: others.map(({ tenant }) => tenant.name), because, certain };
}

function onKernel(pool: string, tenants: readonly LocatedTenant[]): readonly LocatedTenant[] {
  return tenants.filter(({ kernelSharers }) => kernelSharers.has(pool));
}

function pidStarvation(
  pool: string,
  tenant: LocatedTenant,
  others: readonly LocatedTenant[],
  comparison: Comparison,
): readonly Starvation[] {
  const culprit = tenant.kernelSharers.get(pool);
  const victims = onKernel(pool, others);
  if (culprit === undefined || victims.length === 0 || comparison.podPidLimit(pool) !== undefined) return [];
  return [
    starvation(
      "pids",
      tenant,
      victims,
      `podMaxPids is not set on ${pool}, so ${culprit.label} may take every process id`,
    ),
  ];
}

/** Those that count as the same user; where the image decides, that cannot be told. */
function watchStarvation(
  pool: string,
  tenant: LocatedTenant,
  others: readonly LocatedTenant[],
  comparison: Comparison,
): readonly Starvation[] {
  const own = comparison.nodeTraits(tenant.tenant.name, pool);
  const found: Starvation[] = [];
  const doubtful: LocatedTenant[] = [];
  for (const other of onKernel(pool, others)) {
    const theirs = comparison.nodeTraits(other.tenant.name, pool);
    const user = [...own.users.keys()].find((each) => theirs.users.has(each));
    if (user !== undefined) {
      const because = `${own.users.get(user)?.label ?? tenant.tenant.name} and ${theirs.users.get(user)?.label ?? other.tenant.name} count as user ${user} on a node of ${pool}`;
      found.push(starvation("inotifyInstances", tenant, [other], because));
    } else if (tenant.kernelSharers.has(pool) && (own.userUnknown ?? theirs.userUnknown) !== undefined) {
      doubtful.push(other);
    }
  }
  if (doubtful.length === 0) return found;
  const unnamed = own.userUnknown ?? comparison.nodeTraits(doubtful[0]?.tenant.name ?? "", pool).userUnknown;
  const because = `which user ${unnamed?.label ?? "a pod"} runs as on ${pool} is up to its image`;
  return [...found, starvation("inotifyInstances", tenant, doubtful, because, false)];
}

function storageStarvation(
  pool: string,
  tenant: LocatedTenant,
  others: readonly LocatedTenant[],
  comparison: Comparison,
): readonly Starvation[] {
  const culprit = comparison.nodeTraits(tenant.tenant.name, pool).withoutStorageLimit;
  if (culprit === undefined) return [];
  const because = `${culprit.label}, which ${pool} may take, has no limit on ephemeral storage`;
  return [starvation("ephemeralStorage", tenant, others, because)];
}

function portStarvation(pool: string, tenant: LocatedTenant, others: readonly LocatedTenant[]): readonly Starvation[] {
  const culprit = tenant.hostNetworkUsers.get(pool);
  const victims = others.filter(({ hostNetworkUsers }) => hostNetworkUsers.has(pool));
  if (culprit === undefined || victims.length === 0) return [];
  return [
    starvation("ephemeralPorts", tenant, victims, `${culprit.label} is on the host network of ${pool}, as theirs are`),
  ];
}
