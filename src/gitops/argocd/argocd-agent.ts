import { readKindScopes } from "../../estate/kubernetes/kind-scope.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { Agent, Delivery } from "../agent.ts";
import type { DeliveryLeaf, DeliveryUnit } from "../delivery/delivery-unit.ts";
import { ownerGroups } from "../delivery/platform/owner-access.ts";
import type { RepositoryFile } from "../repository/repository-file.ts";
import { yamlText } from "../repository/yaml-text.ts";
import { platformProject, tenantProject } from "./app-project.ts";
import { AGENT_NAMESPACE, applicationSet } from "./application-set.ts";
import { leafFilePath, leafParameters, PLATFORM_PROJECT, projectOf } from "./leaf-parameters.ts";

const FOLDER = "argocd";

/**
 * Argo CD: a project for each tenant, an ApplicationSet for the platform and one for the applications, and a file of
 * parameters for each leaf. `argocd/bootstrap` is applied once by hand; from then on the agent delivers itself.
 */
export const argocdAgent: Agent = { name: "argocd", files };

function files(delivery: Delivery): readonly RepositoryFile[] {
  const { estate, units, packaging, source } = delivery;
  const tells = `Estate/${estate.name}`;
  const file = (path: string, object: JsonObject) => ({ path: `${FOLDER}/${path}`, text: yamlText(object), tells });
  const trees = (["platform", "apps"] as const).filter((tree) => units.some((unit) => unit.tree === tree));
  return [
    file("bootstrap/project.yaml", bootstrapProject(source.url)),
    file("bootstrap/root.yaml", rootApplication(delivery)),
    ...projects(delivery),
    ...trees.map((tree) => file(`delivery/${tree}.yaml`, applicationSet(tree, packaging.name, source))),
    ...units.flatMap((unit) =>
      unit.leaves.map((leaf) => ({
        path: leafFilePath(unit, leaf),
        text: `${JSON.stringify(leafParameters(packaging, unit, leaf), null, 2)}\n`,
        tells: `Cluster/${leaf.cluster}`,
      })),
    ),
  ];
}

/** A project for each tenant that has applications, and one for what the platform gives all of them. */
function projects({ estate, units, source, packaging, facts }: Delivery): readonly RepositoryFile[] {
  const byProject = Map.groupBy(units, projectOf);
  const scopes = readKindScopes(estate.objects.map(({ object }) => object));
  const homeOf = (unit: DeliveryUnit, leaf: DeliveryLeaf) => leafParameters(packaging, unit, leaf).namespace;
  return [...byProject]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, members]) => {
      const path = `${FOLDER}/delivery/projects/${name}.yaml`;
      if (name === PLATFORM_PROJECT) {
        const text = yamlText(platformProject(members, source.url, scopes, homeOf));
        return { path, text, tells: `Estate/${estate.name}` };
      }
      const tenant = estate.tenants.find((each) => each.name === members[0]?.tenant);
      const groups = tenant === undefined ? [] : [...facts.values()].flatMap((each) => ownerGroups(tenant, each).ids);
      return {
        path,
        text: yamlText(tenantProject(name, groups, members, source.url, scopes, homeOf)),
        tells: `Tenant/${members[0]?.tenant ?? name}`,
      };
    });
}

const BOOTSTRAP = "estate";

/** Of the agent's own objects: never of what tenants deliver. */
function bootstrapProject(repository: string): JsonObject {
  const kinds = ["AppProject", "ApplicationSet"].map((kind) => ({ group: "argoproj.io", kind }));
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "AppProject",
    metadata: { name: BOOTSTRAP, namespace: AGENT_NAMESPACE },
    spec: {
      description: "Projects and ApplicationSets of the estate",
      sourceRepos: [repository],
      destinations: [{ server: "https://kubernetes.default.svc", namespace: AGENT_NAMESPACE }],
      clusterResourceWhitelist: [],
      namespaceResourceWhitelist: kinds,
    },
  };
}

function rootApplication({ source }: Delivery): JsonObject {
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Application",
    metadata: { name: BOOTSTRAP, namespace: AGENT_NAMESPACE },
    spec: {
      project: BOOTSTRAP,
      destination: { server: "https://kubernetes.default.svc", namespace: AGENT_NAMESPACE },
      source: {
        repoURL: source.url,
        targetRevision: source.branch,
        path: `${FOLDER}/delivery`,
        directory: { recurse: true },
      },
      syncPolicy: { automated: { prune: true, selfHeal: true } },
    },
  };
}
