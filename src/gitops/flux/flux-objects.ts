import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { RepositorySource } from "../agent.ts";
import type { ChartWithValues } from "../packaging.ts";
import { FLUX_NAMESPACE, SOURCE_NAME } from "./flux-names.ts";

interface KustomizationTerms {
  readonly name: string;
  readonly path: string;
  readonly dependsOn: readonly string[];
  readonly serviceAccountName: string | undefined;
  /** Objects whose health is waited for; undefined to wait for all that are applied. */
  readonly healthChecks: readonly JsonObject[] | undefined;
}

/** A Kustomization with every field whose default another agent would read differently. */
export function fluxKustomization(terms: KustomizationTerms): JsonObject {
  const { name, path, dependsOn, serviceAccountName, healthChecks } = terms;
  const waitsForSome = healthChecks !== undefined && healthChecks.length > 0;
  return {
    apiVersion: "kustomize.toolkit.fluxcd.io/v1",
    kind: "Kustomization",
    metadata: { name, namespace: FLUX_NAMESPACE },
    spec: {
      interval: "10m",
      retryInterval: "1m",
      timeout: "5m",
      prune: true,
      wait: !waitsForSome,
      force: false,
      path: `./${path}`,
      sourceRef: { kind: "GitRepository", name: SOURCE_NAME },
      ...(dependsOn.length === 0 ? {} : { dependsOn: dependsOn.map((each) => ({ name: each })) }),
      ...(serviceAccountName === undefined ? {} : { serviceAccountName }),
      ...(waitsForSome ? { healthChecks } : {}),
    },
  };
}

/** A release of a chart that lies in the repository, from the commit that the source is at. */
export function fluxHelmRelease(source: ChartWithValues, serviceAccountName: string | undefined): JsonObject {
  const { chart, release, namespace, valueFiles } = source;
  const defaults = `${chart}/values.yaml`;
  return {
    apiVersion: "helm.toolkit.fluxcd.io/v2",
    kind: "HelmRelease",
    metadata: { name: release, namespace: FLUX_NAMESPACE },
    spec: {
      interval: "30m",
      timeout: "5m",
      releaseName: release,
      storageNamespace: namespace,
      targetNamespace: namespace,
      ...(serviceAccountName === undefined ? {} : { serviceAccountName }),
      chart: {
        spec: {
          chart: `./${chart}`,
          interval: "10m",
          // Without it a change of the chart is only taken up with a new version.
          reconcileStrategy: "Revision",
          sourceRef: { kind: "GitRepository", name: SOURCE_NAME, namespace: FLUX_NAMESPACE },
          // The first are not taken by themselves once any are named.
          valuesFiles: [defaults, ...valueFiles.filter((file) => file !== defaults)].map((file) => `./${file}`),
        },
      },
      install: { crds: "CreateReplace", remediation: { retries: 3 } },
      upgrade: {
        crds: "CreateReplace",
        cleanupOnFail: true,
        remediation: { retries: 3, strategy: "rollback", remediateLastFailure: true },
      },
      // An autoscaler decides replicas where none are written.
      driftDetection: { mode: "enabled", ignore: [{ paths: ["/spec/replicas"], target: { kind: "Deployment" } }] },
    },
  };
}

/** Where the cluster reads the repository from. */
export function gitRepository({ url, branch }: RepositorySource): JsonObject {
  return {
    apiVersion: "source.toolkit.fluxcd.io/v1",
    kind: "GitRepository",
    metadata: { name: SOURCE_NAME, namespace: FLUX_NAMESPACE },
    spec: {
      interval: "5m",
      timeout: "60s",
      url,
      ref: { branch },
      ...(/^https?:/.test(url) ? {} : { secretRef: { name: `${SOURCE_NAME}-git` } }),
    },
  };
}
