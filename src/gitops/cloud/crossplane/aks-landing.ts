import { type CrossplaneKind, crossplaneKind } from "../../../catalog/crossplane-kinds.ts";
import { asObject } from "../../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import { commonFields } from "./common-fields.ts";
import { EXTERNAL_NAME, type ManagedResource, PROVIDER_CONFIG } from "./managed-resource.ts";

const GROUP = "estate.example.com";
const VERSION = "v1alpha1";
const KIND = "AksLanding";
const PLURAL = "akslandings";
const COMPOSITION = "akslanding-default";
const external = `metadata.annotations[${EXTERNAL_NAME}]`;

/** Of each cluster alone: where it is, what it is called, what stands beside it. */
const ofEachCluster: readonly string[] = [
  "defaultNodePool",
  "dnsPrefix",
  "identity",
  "kubeletIdentity",
  "kubernetesVersion",
  "location",
  "maintenanceWindow",
  "nodeResourceGroup",
  "resourceGroupName",
];
const ofEachPool: readonly string[] = [
  "autoScalingEnabled",
  "evictionPolicy",
  "maxCount",
  "minCount",
  "mode",
  "name",
  "nodeCount",
  "nodeLabels",
  "nodeTaints",
  "onlyCriticalAddonsEnabled",
  "orchestratorVersion",
  "priority",
  "spotMaxPrice",
  "temporaryNameForRotation",
  "vmSize",
  "workloadRuntime",
];

/** The platform's own kind of a cluster: what a team says of one more that is like those of the estate. */
export function landingDefinition(): JsonObject {
  return {
    apiVersion: "apiextensions.crossplane.io/v2",
    kind: "CompositeResourceDefinition",
    metadata: { name: `${PLURAL}.${GROUP}` },
    spec: {
      group: GROUP,
      scope: "Namespaced",
      names: { kind: KIND, plural: PLURAL },
      defaultCompositionRef: { name: COMPOSITION },
      versions: [{ name: VERSION, served: true, referenceable: true, schema: { openAPIV3Schema: landingSchema() } }],
    },
  };
}

function landingSchema(): JsonObject {
  const text = (description: string) => ({ type: "string", description, minLength: 1 });
  return {
    type: "object",
    properties: {
      spec: {
        type: "object",
        required: ["location", "version", "resourceGroupName", "subnetId", "pools"],
        properties: {
          location: text("Region of Azure, such as westeurope"),
          version: {
            ...text("Kubernetes version of the control plane; raise it before those of the pools"),
            pattern: "^1\\.[0-9]+(\\.[0-9]+)?$",
          },
          resourceGroupName: text("Resource group that is there"),
          subnetId: text("Id of the subnet of the nodes"),
          adminGroupObjectIds: {
            type: "array",
            description: "Groups of Entra ID that administer the cluster",
            items: { type: "string" },
          },
          pools: {
            type: "object",
            required: ["system", "user"],
            properties: { system: poolSchema(1), user: poolSchema(0) },
          },
        },
      },
      status: { type: "object", properties: { oidcIssuerUrl: { type: "string" } } },
    },
  };
}

function poolSchema(leastNodes: number): JsonObject {
  return {
    type: "object",
    required: ["vmSize", "minimumNodes", "maximumNodes"],
    properties: {
      vmSize: { type: "string", minLength: 1 },
      version: { type: "string", description: "Kubernetes version of the nodes, no newer than the control plane's" },
      minimumNodes: { type: "integer", minimum: leastNodes },
      maximumNodes: { type: "integer", minimum: 1, maximum: 1000 },
    },
    "x-kubernetes-validations": [
      { rule: "self.minimumNodes <= self.maximumNodes", message: "minimumNodes is above maximumNodes" },
    ],
  };
}

/**
 * How a landing becomes a cluster: with everything that all clusters of the estate have in common, a system pool and a
 * user pool. Undefined for an estate without clusters.
 */
export function landingComposition(objects: readonly ManagedResource[]): JsonObject | undefined {
  const clusters = objects.filter(({ kind }) => kind.terraform === "azurerm_kubernetes_cluster");
  const pools = objects.filter(({ kind }) => kind.terraform === "azurerm_kubernetes_cluster_node_pool");
  const [cluster] = clusters;
  const poolKind = crossplaneKind("azurerm_kubernetes_cluster_node_pool");
  if (cluster === undefined || poolKind === undefined) return undefined;
  const systemPool = asObject(commonFields(clusters)["defaultNodePool"]);
  return {
    apiVersion: "apiextensions.crossplane.io/v1",
    kind: "Composition",
    metadata: { name: COMPOSITION },
    spec: {
      compositeTypeRef: { apiVersion: `${GROUP}/${VERSION}`, kind: KIND },
      mode: "Pipeline",
      pipeline: [
        {
          step: "resources",
          functionRef: { name: "function-patch-and-transform" },
          input: {
            apiVersion: "pt.fn.crossplane.io/v1beta1",
            kind: "Resources",
            resources: [
              composedCluster(
                cluster.kind,
                without(commonFields(clusters), ofEachCluster),
                without(systemPool, ofEachPool),
              ),
              composedPool(poolKind, without(commonFields(pools), ofEachPool)),
            ],
          },
        },
        { step: "ready", functionRef: { name: "function-auto-ready" } },
      ],
    },
  };
}

function composedCluster(kind: CrossplaneKind, common: JsonObject, pool: JsonObject): JsonObject {
  const system = {
    ...pool,
    name: "system",
    autoScalingEnabled: true,
    onlyCriticalAddonsEnabled: true,
    temporaryNameForRotation: "systemtmp",
  };
  return {
    name: "cluster",
    base: managedBase(kind, { ...common, identity: { type: "SystemAssigned" }, defaultNodePool: system }),
    patches: [
      from("metadata.name", external),
      from("metadata.name", "spec.forProvider.dnsPrefix"),
      from("spec.location", "spec.forProvider.location"),
      from("spec.version", "spec.forProvider.kubernetesVersion"),
      from("spec.resourceGroupName", "spec.forProvider.resourceGroupName"),
      from(
        "spec.adminGroupObjectIds",
        "spec.forProvider.azureActiveDirectoryRoleBasedAccessControl.adminGroupObjectIds",
      ),
      ...poolPatches("system", "defaultNodePool."),
      {
        type: "ToCompositeFieldPath",
        fromFieldPath: "status.atProvider.oidcIssuerUrl",
        toFieldPath: "status.oidcIssuerUrl",
      },
    ],
  };
}

function composedPool(kind: CrossplaneKind, common: JsonObject): JsonObject {
  const fields = {
    ...common,
    mode: "User",
    autoScalingEnabled: true,
    temporaryNameForRotation: "usertmp",
    kubernetesClusterIdSelector: { matchControllerRef: true },
  };
  const base = managedBase(kind, fields);
  return {
    name: "user-pool",
    base: { ...base, metadata: { annotations: { [EXTERNAL_NAME]: "user" } } },
    patches: poolPatches("user", ""),
  };
}

/** A pool begins with its fewest nodes; afterwards they are counted by the autoscaler. */
function poolPatches(pool: string, block: string): readonly JsonObject[] {
  return [
    from("spec.subnetId", `spec.forProvider.${block}vnetSubnetId`),
    from(`spec.pools.${pool}.vmSize`, `spec.forProvider.${block}vmSize`),
    from(`spec.pools.${pool}.version`, `spec.forProvider.${block}orchestratorVersion`),
    from(`spec.pools.${pool}.minimumNodes`, `spec.forProvider.${block}minCount`),
    from(`spec.pools.${pool}.maximumNodes`, `spec.forProvider.${block}maxCount`),
    from(`spec.pools.${pool}.minimumNodes`, `spec.initProvider.${block}nodeCount`),
  ];
}

function managedBase({ group, version, kind }: CrossplaneKind, forProvider: JsonObject): JsonObject {
  return {
    apiVersion: `${group}/${version}`,
    kind,
    spec: {
      managementPolicies: ["Create", "Delete", "Observe", "Update"],
      providerConfigRef: { kind: "ProviderConfig", name: PROVIDER_CONFIG },
      forProvider,
    },
  };
}

function from(fromFieldPath: string, toFieldPath: string): JsonObject {
  return { type: "FromCompositeFieldPath", fromFieldPath, toFieldPath };
}

function without(fields: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}
