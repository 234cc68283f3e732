import { repositoryCredentials } from "../../../estate/diagnostics/cloud-target-diagnostics.ts";
import { diagnose } from "../../../estate/diagnostics/diagnostic-rule.ts";
import type { CloudContext } from "./cloud-context.ts";
import type { PlacedCluster } from "./placed-cluster.ts";

/** Secret beside Flux that its source is read with. */
const credentials = "repository-credentials";

/**
 * Flux as an extension of AKS with one root kustomization: the dialect of the extension knows no health checks, service
 * accounts or decryption, so everything else stands as Flux's own objects in the folder that it points at.
 */
export function addFlux(context: CloudContext, { cluster, part, resource }: PlacedCluster): void {
  if (!isByFlux(context)) return;
  const { draft } = context;
  const parameter = (name: string) => ({ $parameter: name, secure: false });
  const extension = draft.add(part, {
    type: "Microsoft.KubernetesConfiguration/extensions",
    name: "flux",
    parent: resource,
    properties: {
      extensionType: "microsoft.flux",
      autoUpgradeMinorVersion: true,
      releaseTrain: "Stable",
      scope: { cluster: { releaseNamespace: "flux-system" } },
      // Its objects reach into the namespaces of tenants; what a tenant may do is bounded by its service account.
      configurationSettings: { "multiTenancy.enforce": "false" },
    },
  });
  draft.add(part, {
    type: "Microsoft.KubernetesConfiguration/fluxConfigurations",
    name: "estate",
    parent: resource,
    after: [extension],
    properties: {
      scope: "cluster",
      namespace: "flux-system",
      sourceKind: "GitRepository",
      suspend: false,
      gitRepository: {
        url: parameter("repositoryUrl"),
        localAuthRef: credentials,
        repositoryRef: { branch: parameter("repositoryBranch") },
        syncIntervalInSeconds: 300,
        timeoutInSeconds: 600,
      },
      kustomizations: {
        root: {
          path: `./clusters/${cluster.name}/flux`,
          prune: true,
          wait: true,
          force: false,
          syncIntervalInSeconds: 600,
          retryIntervalInSeconds: 120,
          timeoutInSeconds: 600,
        },
      },
    },
  });
}

/** Says what has to be put in place before Flux can read a private repository. */
export function sayRepositoryCredentials(context: CloudContext): void {
  const clusters = context.clusters.map(({ name }) => name).toSorted();
  if (!isByFlux(context) || clusters.length === 0) return;
  const { draft, estate } = context;
  draft.diagnostics.push(diagnose(repositoryCredentials, { clusters, secret: credentials }, { place: estate.place }));
}

function isByFlux({ estate }: CloudContext): boolean {
  return estate.delivery.agent === undefined || estate.delivery.agent === "flux";
}
