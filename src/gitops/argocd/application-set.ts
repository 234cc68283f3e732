import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { RepositorySource } from "../agent.ts";
import type { DeliveryTree } from "../delivery/delivery-unit.ts";
import type { PackagingName } from "../packaging.ts";
import { leafFilePattern } from "./leaf-parameters.ts";

/** Where the agent's objects live, and it itself. */
export const AGENT_NAMESPACE = "argocd";

/** The value files of a chart differ in number, which only a patch of the template can say. */
const chartPatch = `spec:
  source:
    helm:
      releaseName: {{ .release | toJson }}
      valueFiles: {{ .valueFiles | toJson }}
`;

/**
 * One ApplicationSet for each tree, which makes an Application of every leaf. Waves only order what is created: an
 * application that comes before its namespace is tried again.
 */
export function applicationSet(tree: DeliveryTree, packaging: PackagingName, source: RepositorySource): JsonObject {
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "ApplicationSet",
    metadata: {
      name: tree,
      namespace: AGENT_NAMESPACE,
      annotations: { "argocd.argoproj.io/sync-wave": tree === "platform" ? "-1" : "0" },
    },
    spec: {
      goTemplate: true,
      goTemplateOptions: ["missingkey=error"],
      generators: [{ git: { repoURL: source.url, revision: source.branch, files: [{ path: leafFilePattern(tree) }] } }],
      template: {
        metadata: {
          name: "{{ .application }}",
          labels: { cluster: "{{ .cluster }}", environment: "{{ .environment }}", ring: "{{ .ring }}", tree },
          finalizers: ["resources-finalizer.argocd.argoproj.io"],
        },
        spec: {
          project: "{{ .project }}",
          destination: { name: "{{ .cluster }}", namespace: "{{ .namespace }}" },
          source: { repoURL: source.url, targetRevision: source.branch, path: "{{ .folder }}" },
          syncPolicy,
        },
      },
      ...(packaging === "helm" ? { templatePatch: chartPatch } : {}),
      syncPolicy: { applicationsSync: "sync", preserveResourcesOnDeletion: true },
    },
  };
}

/** As Flux has it: what is not in the repository goes, and drift is put right. */
const syncPolicy: JsonObject = {
  automated: { prune: true, selfHeal: true },
  retry: { limit: 10, backoff: { duration: "10s", factor: 2, maxDuration: "5m" } },
  syncOptions: ["ServerSideApply=true", "ApplyOutOfSyncOnly=true", "PruneLast=true"],
};
