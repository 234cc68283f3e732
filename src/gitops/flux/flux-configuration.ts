import type { RepositorySource } from "../agent.ts";
import { FLUX_NAMESPACE, fluxFolder, ROOT_NAME, SOURCE_NAME } from "./flux-names.ts";

/** Properties of `Microsoft.KubernetesConfiguration/fluxConfigurations` that make a cluster read its folder. */
export interface FluxConfiguration {
  readonly name: string;
  readonly namespace: string;
  readonly scope: "cluster";
  readonly sourceKind: "GitRepository";
  readonly gitRepository: {
    readonly url: string;
    readonly syncIntervalInSeconds: number;
    readonly timeoutInSeconds: number;
    readonly repositoryRef: { readonly branch: string };
  };
  readonly kustomizations: {
    readonly [name: string]: {
      readonly path: string;
      readonly prune: boolean;
      readonly wait: boolean;
      readonly force: boolean;
      readonly syncIntervalInSeconds: number;
      readonly retryIntervalInSeconds: number;
      readonly timeoutInSeconds: number;
    };
  };
}

/** What the cloud side writes for a cluster: the same source and root as in `bootstrap/`. */
export function fluxConfiguration(cluster: string, { url, branch }: RepositorySource): FluxConfiguration {
  return {
    name: SOURCE_NAME,
    namespace: FLUX_NAMESPACE,
    scope: "cluster",
    sourceKind: "GitRepository",
    gitRepository: { url, syncIntervalInSeconds: 300, timeoutInSeconds: 60, repositoryRef: { branch } },
    kustomizations: {
      [ROOT_NAME]: {
        path: `./${fluxFolder(cluster)}`,
        prune: true,
        wait: true,
        force: false,
        syncIntervalInSeconds: 600,
        retryIntervalInSeconds: 60,
        timeoutInSeconds: 300,
      },
    },
  };
}
