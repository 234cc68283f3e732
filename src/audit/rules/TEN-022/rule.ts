import { asObject, asText, valueAt } from "../../../estate/kubernetes/json-value.ts";
import type { Estate, PlacedObject } from "../../../estate/model/estate.ts";
import { lookupOf } from "../../estate-lookup/estate-lookup.ts";
import { objectOutcome } from "../../estate-lookup/object-outcome.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";
import { namespacesOf, platformTenant } from "../../tenancy/tenant-namespaces.ts";

/** TEN-022: the data of one tenant cannot be claimed by another. */
export const volumesOfOneTenant: Rule = {
  id: "TEN-022",
  name: "volumes-of-one-tenant",
  title: "No persistent volume or file share can come into the hands of two tenants.",
  severity: { high: "high", medium: "medium", low: "low" },
  inputs: ["manifests", "storageClasses", "tenants"],
  judges: "objects",
  *evaluate({ estate }) {
    const volumes = lookupOf(estate).objects.ofKind("PersistentVolume");
    const owners = new Map(
      namespacesOf(estate).map(({ cluster, namespace, tenant }) => [`${cluster}/${namespace}`, tenant]),
    );
    const tenantsOf = (cluster: string) =>
      new Set(namespacesOf(estate).flatMap((each) => (each.cluster === cluster ? [each.tenant] : [])));
    const claimed = volumes.map((placed) => ({ placed, claimant: claimantOf(placed, owners) }));
    const byStore = Map.groupBy(
      claimed.filter(({ placed }) => storeOf(placed) !== undefined),
      ({ placed }) => storeOf(placed) ?? "",
    );
    for (const { placed, claimant } of claimed) {
      const tenants = [...tenantsOf(placed.cluster)].filter((name) => name !== platformTenant);
      const sharer = (byStore.get(storeOf(placed) ?? "") ?? []).find(
        (other) => claimant !== undefined && other.claimant !== undefined && other.claimant !== claimant,
      );
      yield judge(estate, placed, { claimant, tenants, sharer: sharer?.claimant });
    }
  },
};

/** Tenant of the namespace that a volume is kept for. */
function claimantOf({ object, cluster }: PlacedObject, owners: ReadonlyMap<string, string>): string | undefined {
  const namespace = asText(valueAt(object.value, ["spec", "claimRef", "namespace"]));
  return namespace === undefined ? undefined : (owners.get(`${cluster}/${namespace}`) ?? namespace);
}

/** What the volume stands for outside of the cluster: a disk, a share, an export. */
function storeOf({ object }: PlacedObject): string | undefined {
  const spec = asObject(object.value.spec);
  const attributes = asObject(valueAt(spec, ["csi", "volumeAttributes"]));
  const share = asText(attributes.shareName) ?? asText(asObject(spec.azureFile).shareName);
  if (share !== undefined)
    return `share ${asText(attributes.storageAccount) ?? asText(attributes.server) ?? ""}/${share}`;
  const handle = asText(asObject(spec.csi).volumeHandle);
  if (handle !== undefined) return `volume ${handle}`;
  const nfs = asObject(spec.nfs);
  const server = asText(nfs.server);
  return server === undefined ? undefined : `export ${server}:${asText(nfs.path) ?? ""}`;
}

interface Claims {
  readonly claimant: string | undefined;
  /** Tenants of the cluster. */
  readonly tenants: readonly string[];
  /** Another tenant with a volume on the same store. */
  readonly sharer: string | undefined;
}

function judge(estate: Estate, placed: PlacedObject, { claimant, tenants, sharer }: Claims): RuleOutcome {
  const { name, value } = placed.object;
  if (claimant !== undefined && sharer !== undefined) {
    const outcome = objectOutcome(estate, placed, {
      verdict: "fail",
      part: "3",
      field: ["spec"],
      message: `PersistentVolume ${name} of tenant ${claimant} stands for ${storeOf(placed) ?? ""}, and so does one of tenant ${sharer}: each reads and writes the other's data.`,
      fix: { description: "Give each tenant a disk or share of its own." },
    });
    return { ...outcome, tenant: claimant };
  }
  const isReleased = valueAt(value, ["status", "phase"]) === "Released";
  if (isReleased && valueAt(value, ["spec", "persistentVolumeReclaimPolicy"]) === "Retain") {
    return objectOutcome(estate, placed, {
      verdict: "fail",
      part: "2",
      field: ["spec", "persistentVolumeReclaimPolicy"],
      message: `PersistentVolume ${name} was given back and is kept with its data${claimant === undefined ? "" : ` of tenant ${claimant}`}: who takes its claimRef away opens them to the next claim.`,
      fix: { description: "Back the data up, then delete the volume and its disk." },
    });
  }
  if (claimant === undefined && tenants.length > 1) {
    return objectOutcome(estate, placed, {
      verdict: "fail",
      part: "1",
      field: ["spec", "claimRef"],
      message: `PersistentVolume ${name} is kept for no namespace (spec.claimRef): a claim of any of the ${tenants.length} tenants of cluster ${placed.cluster} may take it, with the data on it.`,
      fix: { description: "Name the namespace and claim that it is for in spec.claimRef." },
    });
  }
  return objectOutcome(estate, placed, { verdict: "pass", message: "" });
}
