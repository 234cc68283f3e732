import type { Application } from "../../../estate/model/application.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import type { PlacedIdentity } from "./application-identities.ts";
import { applicationPart } from "./application-identities.ts";
import { azureName } from "./azure-names.ts";
import { type CloudContext, clustersOf, mostCriticalEnvironment, partBeside, sharedPart } from "./cloud-context.ts";
import type { Part, Placed } from "./graph-draft.ts";
import { addPrivateEndpoint, type PlacedNetwork } from "./network-resources.ts";
import type { PlacedCluster } from "./placed-cluster.ts";
import { rightsPart, serviceCallers } from "./service-callers.ts";

const vaultZone = "privatelink.vaultcore.azure.net";

/** True for applications whose data may not be read by others: the upper half of the classifications. */
function needsOwnKeys(estate: Estate, application: Application): boolean {
  const classification = estate.tenants.find(({ name }) => name === application.tenant)?.classification;
  if (classification === undefined) return false;
  const rank = estate.classifications.indexOf(classification);
  return rank >= 0 && rank >= estate.classifications.length / 2;
}

/** Vault, key and disk encryption set of an application whose class asks for keys of its own. */
export function addOwnKeys(
  context: CloudContext,
  application: Application,
  environment: string,
  cluster: PlacedCluster,
  identity: PlacedIdentity | undefined,
): void {
  const { draft, estate } = context;
  if (!needsOwnKeys(estate, application)) return;
  const part = applicationPart(context, application, environment, cluster);
  const region = part.group.location ?? cluster.cluster.region;
  const words = [application.name, environment];
  const vault = addVault(context, part, words, region);
  const key = draft.add(part, {
    type: "Microsoft.KeyVault/vaults/keys",
    name: "disks",
    parent: vault,
    properties: { kty: "RSA", keySize: 3072, keyOps: ["wrapKey", "unwrapKey"], attributes: { enabled: true } },
  });
  const set = draft.add(part, {
    type: "Microsoft.Compute/diskEncryptionSets",
    name: azureName("encryptionSet", words, estate.name),
    location: region,
    identity: { type: "SystemAssigned" },
    properties: {
      encryptionType: "EncryptionAtRestWithCustomerKey",
      rotationToLatestKeyVersionEnabled: true,
      activeKey: { keyUrl: { $ref: key.key, output: "properties.keyUriWithVersion" } },
    },
  });
  draft.grant(part, vault, "Key Vault Crypto Service Encryption User", set, "identity.principalId");
  if (identity !== undefined) draft.grant(part, vault, "Key Vault Secrets User", identity.identity);
  addPrivateEndpoint(context, cluster.network, part, {
    resource: vault,
    group: "vault",
    zone: vaultZone,
    words: ["kv", ...words],
  });
}

/**
 * Vaults that the estate declares by themselves. Those who depend on them in their environment may read their secrets and
 * reach them in the networks of their clusters; nobody reaches them from outside.
 */
export function addDeclaredVaults(
  context: CloudContext,
  identities: readonly PlacedIdentity[],
  clusters: ReadonlyMap<string, PlacedCluster>,
): void {
  const { draft, estate, shared } = context;
  for (const service of estate.cloudServices.filter((candidate) => candidate.service === "keyVault")) {
    const part = sharedPart(context);
    const region = service.regions === "global" ? shared.region : (service.regions[0] ?? shared.region);
    const vault = addVault(context, { ...part, tells: `CloudService/${service.name}` }, [service.name], region);
    const callers = serviceCallers(context, service, identities);
    for (const placed of callers) {
      draft.grant(rightsPart(context, placed, part), vault, "Key Vault Secrets User", placed.identity);
    }
    for (const network of networksOf(context, callers, clusters)) {
      const name = `vault-${service.name}-${network.plan.name}`;
      const beside = { ...partBeside(network.part, name, network.part.group), tells: `CloudService/${service.name}` };
      addPrivateEndpoint(context, network, beside, {
        resource: vault,
        group: "vault",
        zone: vaultZone,
        words: ["kv", service.name],
      });
    }
  }
}

/** Networks of the clusters of those who call; where nobody is said to, of the clusters of the most critical environment. */
function networksOf(
  context: CloudContext,
  callers: readonly PlacedIdentity[],
  clusters: ReadonlyMap<string, PlacedCluster>,
): readonly PlacedNetwork[] {
  const { estate } = context;
  const critical = mostCriticalEnvironment(
    estate,
    estate.environments.map(({ name }) => name),
  );
  const names = callers.flatMap(({ application, environment }) => {
    const caller = estate.applications.find(({ name }) => name === application);
    return caller === undefined ? [] : clustersOf(context, caller, environment).map(({ name }) => name);
  });
  const placed = [...clusters.values()].filter(({ cluster }) =>
    names.length > 0 ? names.includes(cluster.name) : critical === undefined || cluster.environments.includes(critical),
  );
  return [...new Set(placed.map(({ network }) => network))];
}

function addVault({ draft, estate }: CloudContext, part: Part, words: readonly string[], region: string): Placed {
  return draft.add(part, {
    type: "Microsoft.KeyVault/vaults",
    name: azureName("vault", words, estate.name),
    location: region,
    properties: {
      tenantId: { $parameter: "tenantId", secure: false },
      sku: { family: "A", name: "standard" },
      enableRbacAuthorization: true,
      enablePurgeProtection: true,
      softDeleteRetentionInDays: 90,
      publicNetworkAccess: "Disabled",
    },
  });
}
