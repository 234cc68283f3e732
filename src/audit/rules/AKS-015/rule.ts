import type { Catalog } from "../../../catalog/catalog.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import { clusterPasses, clusterVerdict, poolPasses, poolVerdict, unstated } from "../../clusters/cluster-outcome.ts";
import {
  type DeclaredCluster,
  type DeclaredPool,
  declaredClusters,
  declaredPools,
  settingOf,
  statedSetting,
} from "../../clusters/declared-settings.ts";
import { lookupOf } from "../../estate-lookup/estate-lookup.ts";
import type { AuditContext, Rule, RuleOutcome } from "../../rule.ts";

/** AKS-015: the disk of a node is fast, free and encrypted. */
export const osDisk: Rule = {
  id: "AKS-015",
  name: "os-disk-and-encryption",
  title: "OS disks are ephemeral where they fit, hosts encrypt them, and classified data lies under keys of its own.",
  severity: { high: "medium", medium: "low", low: undefined },
  inputs: ["nodePools"],
  peers: [
    { tool: "psrule-azure", check: "Azure.AKS.EphemeralOSDisk", part: "1" },
    { tool: "checkov", check: "CKV_AZURE_226", part: "1" },
    { tool: "checkov", check: "CKV_AZURE_227", part: "2" },
    { tool: "checkov", check: "CKV_AZURE_117", part: "3" },
  ],
  parameters: [
    {
      name: "classifiedFrom",
      description: "Lowest classification whose data needs disks under a key of its own.",
      default: "confidential",
    },
  ],
  judges: "objects",
  *evaluate(context) {
    for (const cluster of declaredClusters(context.estate)) {
      yield* ownKey(context, cluster);
      for (const pool of declaredPools(cluster)) {
        const findings = [
          ...diskType(context.estate, context.catalog, cluster, pool),
          ...hostEncryption(context.estate, cluster, pool),
        ];
        yield* findings.length === 0 ? [poolPasses(context.estate, cluster, pool)] : findings;
      }
    }
  },
};

function* diskType(
  estate: Estate,
  catalog: Catalog,
  cluster: DeclaredCluster,
  pool: DeclaredPool,
): Iterable<RuleOutcome> {
  const type = statedSetting(estate, pool, ["osDisk", "type"], pool.osDisk.type);
  const size = catalog.vmSize(pool.vmSize);
  const local = size?.tempDiskGiB;
  if (type !== "Managed" || size === undefined || local === undefined) return;
  const needed = pool.osDisk.sizeGiB ?? catalog.defaultOsDiskGiB(size.vcpu).value;
  if (local < needed) return;
  yield poolVerdict(estate, cluster, pool, {
    verdict: "fail",
    part: "1",
    field: ["osDisk", "type"],
    message: `The OS disks of pool ${pool.name} are priced and remote, though ${pool.vmSize} has ${local} GiB of local disk and ${needed} GiB are needed: nodes start slower and pay for disks.`,
    fix: {
      description: "Use ephemeral OS disks; the pool is made anew.",
      edits: [{ path: ["osDisk", "type"], value: "Ephemeral" }],
    },
  });
}

function* hostEncryption(estate: Estate, cluster: DeclaredCluster, pool: DeclaredPool): Iterable<RuleOutcome> {
  const field = ["hostEncryption"];
  const host = settingOf(estate, pool.hostEncryption, false);
  if (host === undefined) {
    yield poolVerdict(estate, cluster, pool, unstated(`Pool ${pool.name} of ${cluster.name}`, field, "needs-P"));
  }
  if (host !== false) return;
  yield poolVerdict(estate, cluster, pool, {
    verdict: "fail",
    part: "2",
    field,
    message: `Temporary disks and caches of pool ${pool.name} are not encrypted on the host.`,
    fix: {
      description: "Encrypt at the host; it costs nothing, and the pool is made anew.",
      edits: [{ path: field, value: true }],
    },
  });
}

/** A disk encryption set is of the whole cluster and can only be chosen when it is created. */
function* ownKey(context: AuditContext, cluster: DeclaredCluster): Iterable<RuleOutcome> {
  const { estate } = context;
  const field = ["diskEncryptionSet"];
  const tenant = classifiedTenant(context, cluster);
  if (tenant === undefined) return;
  const key = settingOf(estate, cluster.diskEncryptionSet, false);
  if (key === undefined) yield clusterVerdict(estate, cluster, unstated(`Cluster ${cluster.name}`, field));
  if (key === true) yield clusterPasses(estate, cluster);
  if (key !== false) return;
  yield clusterVerdict(estate, cluster, {
    verdict: "fail",
    part: "3",
    field,
    message: `${tenant} runs on ${cluster.name}, whose disks lie under a key of the platform.`,
    fix: {
      description: "Use a disk encryption set with a key of your own; the cluster is made anew.",
      edits: [{ path: field, value: true }],
    },
  });
}

/** A tenant of high classification with workloads on the cluster, in words. */
function classifiedTenant({ estate, parameters }: AuditContext, cluster: DeclaredCluster): string | undefined {
  const from = estate.classifications.indexOf(String(parameters["classifiedFrom"]));
  if (from < 0) return undefined;
  const here = new Set(
    [...lookupOf(estate).workloads.values()]
      .filter((each) => each.cluster === cluster.name)
      .map(({ tenant }) => tenant),
  );
  const tenant = estate.tenants.find(
    ({ name, classification }) =>
      here.has(name) && classification !== undefined && estate.classifications.indexOf(classification) >= from,
  );
  return tenant === undefined ? undefined : `Tenant ${tenant.name} (${tenant.classification ?? ""})`;
}
