import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { Agent, Delivery } from "../agent.ts";
import type { DeliveryLeaf, DeliveryUnit } from "../delivery/delivery-unit.ts";
import { objectKeyOf } from "../delivery/object-key.ts";
import { leafName } from "../repository/leaf-folder.ts";
import type { RepositoryFile } from "../repository/repository-file.ts";
import { yamlDocuments, yamlText } from "../repository/yaml-text.ts";
import { fluxFolder, ROOT_NAME, reconcilerName, SOURCE_NAME, tenantName } from "./flux-names.ts";
import { fluxHelmRelease, fluxKustomization, gitRepository } from "./flux-objects.ts";
import { lockedNamespaces, type NamespaceNeeds, reconcilerOf, tenantLock } from "./tenant-lock.ts";

/**
 * Flux: for each cluster one Kustomization a leaf, in the order in which units need each other, with the rights of their
 * tenant. The root brings them; AKS makes it from the `fluxConfigurations` resource, other clusters from `bootstrap/`.
 */
export const fluxAgent: Agent = { name: "flux", files: fluxFiles };

const healthKinds = new Set(["Deployment", "StatefulSet", "DaemonSet"]);

function fluxFiles(delivery: Delivery): readonly RepositoryFile[] {
  const clusters = new Set(delivery.units.flatMap(({ leaves }) => leaves.map(({ cluster }) => cluster)));
  return [...clusters].sort().flatMap((cluster) => clusterFiles(delivery, cluster));
}

type Written = Omit<RepositoryFile, "tells">;

function clusterFiles(delivery: Delivery, cluster: string): readonly RepositoryFile[] {
  const folder = fluxFolder(cluster);
  const locked = lockedNamespaces(delivery, cluster);
  const entries = [
    ...[...locked.keys()].map((tenant) => tenantEntry(delivery.units, cluster, tenant)),
    ...delivery.units.flatMap((unit) =>
      unit.leaves.filter((leaf) => leaf.cluster === cluster).map((leaf) => leafEntry(delivery, unit, leaf, locked)),
    ),
  ];
  const names = entries.map((entry) => `${objectKeyOf(entry).name}.yaml`).sort();
  const files: readonly Written[] = [
    ...entries.map((entry) => ({ path: `${folder}/${objectKeyOf(entry).name}.yaml`, text: yamlText(entry) })),
    { path: `${folder}/kustomization.yaml`, text: kustomizationText(names) },
    ...[...locked].flatMap(([tenant, needs]) => tenantFiles(`${folder}/tenants/${tenant}`, tenant, needs)),
    ...delivery.units.flatMap((unit) => releaseFiles(delivery, unit, cluster)),
    ...bootstrapFiles(delivery, cluster),
  ];
  return files.map((file) => ({ ...file, tells: `Cluster/${cluster}` }));
}

/** The lock needs the namespaces that the platform gives the tenant. */
function tenantEntry(units: readonly DeliveryUnit[], cluster: string, tenant: string): JsonObject {
  const platform = units.filter(
    (unit) =>
      unit.tree === "platform" && unit.tenant === tenant && unit.leaves.some((leaf) => leaf.cluster === cluster),
  );
  return fluxKustomization({
    name: tenantName(tenant),
    path: `${fluxFolder(cluster)}/tenants/${tenant}`,
    dependsOn: platform.flatMap((unit) =>
      unit.leaves.filter((leaf) => leaf.cluster === cluster).map((leaf) => leafName(unit, leaf)),
    ),
    serviceAccountName: undefined,
    healthChecks: undefined,
  });
}

function leafEntry(
  delivery: Delivery,
  unit: DeliveryUnit,
  leaf: DeliveryLeaf,
  locked: ReadonlyMap<string, unknown>,
): JsonObject {
  const source = delivery.packaging.leafSource(unit, leaf);
  const reconciler = reconcilerOf(unit);
  const isRelease = source.kind === "chart";
  return fluxKustomization({
    name: leafName(unit, leaf),
    path: isRelease ? releaseFolder(unit, leaf) : source.path,
    dependsOn: [
      ...neededLeaves(delivery.units, unit, leaf),
      ...(reconciler !== undefined && locked.has(unit.tenant) ? [tenantName(unit.tenant)] : []),
    ],
    // A release is applied by the controller and installed with the tenant's rights.
    serviceAccountName: isRelease ? undefined : reconciler,
    healthChecks: isRelease || unit.tree === "platform" ? undefined : healthChecks(leaf),
  });
}

/** What the units that a unit needs are called on the cluster of a leaf: in its environment, or in any where it has none. */
function neededLeaves(units: readonly DeliveryUnit[], unit: DeliveryUnit, leaf: DeliveryLeaf): readonly string[] {
  return unit.dependsOn.flatMap((wanted) => {
    const needed = units.find(({ tree, name }) => `${tree}/${name}` === wanted);
    const there = needed?.leaves.filter(({ cluster }) => cluster === leaf.cluster) ?? [];
    const found = there.find(({ environment }) => environment === leaf.environment) ?? there[0];
    return needed === undefined || found === undefined ? [] : [leafName(needed, found)];
  });
}

function healthChecks({ objects }: DeliveryLeaf): readonly JsonObject[] {
  return objects
    .filter(({ kind }) => typeof kind === "string" && healthKinds.has(kind))
    .map((object) => {
      const { kind, name, namespace } = objectKeyOf(object);
      return { apiVersion: object.apiVersion, kind, name, namespace };
    });
}

function releaseFolder(unit: DeliveryUnit, leaf: DeliveryLeaf): string {
  return `${fluxFolder(leaf.cluster)}/releases/${leafName(unit, leaf)}`;
}

function releaseFiles({ packaging }: Delivery, unit: DeliveryUnit, cluster: string): readonly Written[] {
  return unit.leaves
    .filter((leaf) => leaf.cluster === cluster)
    .flatMap((leaf) => {
      const source = packaging.leafSource(unit, leaf);
      if (source.kind !== "chart") return [];
      const folder = releaseFolder(unit, leaf);
      return [
        { path: `${folder}/release.yaml`, text: yamlText(fluxHelmRelease(source, reconcilerOf(unit))) },
        { path: `${folder}/kustomization.yaml`, text: kustomizationText(["release.yaml"]) },
      ];
    });
}

function tenantFiles(folder: string, tenant: string, needs: NamespaceNeeds): readonly Written[] {
  const file = `${reconcilerName(tenant)}.yaml`;
  return [
    { path: `${folder}/${file}`, text: yamlDocuments(tenantLock(tenant, needs)) },
    { path: `${folder}/kustomization.yaml`, text: kustomizationText([file]) },
  ];
}

/** The same two objects that AKS makes of a Flux configuration, for clusters that Flux is installed on by hand. */
function bootstrapFiles({ source }: Delivery, cluster: string): readonly Written[] {
  const folder = `${fluxFolder(cluster)}/bootstrap`;
  const root = fluxKustomization({
    name: `${SOURCE_NAME}-${ROOT_NAME}`,
    path: fluxFolder(cluster),
    dependsOn: [],
    serviceAccountName: undefined,
    healthChecks: undefined,
  });
  return [
    { path: `${folder}/source.yaml`, text: yamlText(gitRepository(source)) },
    { path: `${folder}/root.yaml`, text: yamlText(root) },
    { path: `${folder}/kustomization.yaml`, text: kustomizationText(["root.yaml", "source.yaml"]) },
  ];
}

function kustomizationText(resources: readonly string[]): string {
  return yamlText({ apiVersion: "kustomize.config.k8s.io/v1beta1", kind: "Kustomization", resources });
}
