/** A kustomization that Kustomize stops at, and the diagnostic that says why. */
export interface RefusedKustomization {
  readonly name: string;
  readonly directory: string;
  readonly texts: { readonly [path: string]: string };
  readonly code: string;
}

const web = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 1}\n";
const settings = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {a: b}\n";

function refused(
  name: string,
  code: string,
  texts: { readonly [path: string]: string },
  directory = ".",
): RefusedKustomization {
  return { name, directory, texts, code };
}

/** One for each way in which a kustomization can be wrong. */
export const refusedKustomizations: readonly RefusedKustomization[] = [
  refused("folder without a kustomization", "EST-100", {
    "kustomization.yaml": "resources: [base]",
    "base/a.yaml": web,
  }),
  refused("missing resource", "EST-100", { "kustomization.yaml": "resources: [absent.yaml]" }),
  refused("several kustomization files", "EST-101", {
    "kustomization.yaml": "resources: [a.yaml]",
    "kustomization.yml": "resources: [a.yaml]",
    "a.yaml": web,
  }),
  refused("wrong kind", "EST-102", { "kustomization.yaml": "kind: Kustomisation\nresources: [a.yaml]", "a.yaml": web }),
  refused("wrong apiVersion", "EST-102", {
    "kustomization.yaml": "apiVersion: kustomize.config.k8s.io/v2\nresources: [a.yaml]",
    "a.yaml": web,
  }),
  refused("bad sort order", "EST-102", {
    "kustomization.yaml": "sortOptions: {order: random}\nresources: [a.yaml]",
    "a.yaml": web,
  }),
  refused("unknown field", "EST-103", {
    "kustomization.yaml": "resource: [a.yaml]\nresources: [a.yaml]",
    "a.yaml": web,
  }),
  refused("unknown field of an entry", "EST-103", {
    "kustomization.yaml": "resources: [a.yaml]\nimages: [{name: a, tag: b}]",
    "a.yaml": web,
  }),
  refused("number for a text", "EST-104", {
    "kustomization.yaml": "resources: [a.yaml]\nimages: [{name: a, newTag: 1.0}]",
    "a.yaml": web,
  }),
  refused("text for a list", "EST-104", { "kustomization.yaml": "resources: a.yaml", "a.yaml": web }),
  refused(
    "cycle",
    "EST-105",
    {
      "a/kustomization.yaml": "resources: [../b]",
      "b/kustomization.yaml": "resources: [../a]",
    },
    "a",
  ),
  refused(
    "base above its overlay",
    "EST-105",
    {
      "kustomization.yaml": "resources: [a.yaml]",
      "a.yaml": web,
      "overlay/kustomization.yaml": "resources: [..]",
    },
    "overlay",
  ),
  refused("missing patch", "EST-106", {
    "kustomization.yaml": "resources: [a.yaml]\npatches: [{path: p.yaml}]",
    "a.yaml": web,
  }),
  refused(
    "patch outside",
    "EST-107",
    {
      "overlay/kustomization.yaml": "resources: [a.yaml]\npatches: [{path: ../p.yaml}]",
      "overlay/a.yaml": web,
      "p.yaml": web,
    },
    "overlay",
  ),
  refused(
    "resource outside",
    "EST-107",
    { "overlay/kustomization.yaml": "resources: [../a.yaml]", "a.yaml": web },
    "overlay",
  ),
  refused("component under resources", "EST-109", {
    "kustomization.yaml": "resources: [c]",
    "c/kustomization.yaml": "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [a.yaml]",
    "c/a.yaml": web,
  }),
  refused("base under components", "EST-109", {
    "kustomization.yaml": "resources: [a.yaml]\ncomponents: [c]",
    "a.yaml": web,
    "c/kustomization.yaml": "resources: [b.yaml]",
    "c/b.yaml": settings,
  }),
  refused("resource without a name", "EST-110", {
    "kustomization.yaml": "resources: [a.yaml]",
    "a.yaml": "apiVersion: v1\nkind: ConfigMap\n",
  }),
  refused("resource without a kind", "EST-110", {
    "kustomization.yaml": "resources: [a.yaml]",
    "a.yaml": "apiVersion: v1\nmetadata: {name: a}\n",
  }),
  refused("resource that is a list", "EST-110", { "kustomization.yaml": "resources: [a.yaml]", "a.yaml": "[1]" }),
  refused("two resources with one id", "EST-111", {
    "kustomization.yaml": "resources: [a.yaml, b.yaml]",
    "a.yaml": web,
    "b.yaml": web,
  }),
  refused("two overlays over one base", "EST-111", {
    "kustomization.yaml": "resources: [one, two]",
    "one/kustomization.yaml": "resources: [../base]",
    "two/kustomization.yaml": "resources: [../base]",
    "base/kustomization.yaml": "resources: [a.yaml]",
    "base/a.yaml": web,
  }),
  refused("namespaces that meet", "EST-112", {
    "kustomization.yaml": "namespace: target\nresources: [a.yaml]",
    "a.yaml":
      "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: m}\n",
  }),
  refused("patch that is text", "EST-113", {
    "kustomization.yaml": "resources: [a.yaml]\npatches: [{patch: hello}]",
    "a.yaml": web,
  }),
  refused("patch with path and text", "EST-113", {
    "kustomization.yaml": "resources: [a.yaml]\npatches: [{path: a.yaml, patch: hello}]",
    "a.yaml": web,
  }),
  refused("JSON patch without a target", "EST-113", {
    "kustomization.yaml": "resources: [a.yaml]\npatches: [{path: p.yaml}]",
    "a.yaml": web,
    "p.yaml": "- {op: remove, path: /spec}",
  }),
  refused("target with a broken expression", "EST-113", {
    "kustomization.yaml": "resources: [a.yaml]\npatches: [{path: p.yaml, target: {name: '('}}]",
    "a.yaml": web,
    "p.yaml": "- {op: remove, path: /spec}",
  }),
  refused("several patches with a target", "EST-113", {
    "kustomization.yaml": "resources: [a.yaml]\npatches: [{path: p.yaml, target: {kind: Deployment}}]",
    "a.yaml": web,
    "p.yaml": `${web}---\n${settings}`,
  }),
  refused("patch for nobody", "EST-114", {
    "kustomization.yaml": "resources: [a.yaml]\npatches: [{path: p.yaml}]",
    "a.yaml": web,
    "p.yaml": settings,
  }),
  refused("patch for another namespace", "EST-114", {
    "kustomization.yaml": "resources: [a.yaml]\npatches: [{path: p.yaml}]",
    "a.yaml": web,
    "p.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: other}\n",
  }),
  refused("JSON patch that does not apply", "EST-116", {
    "kustomization.yaml": "resources: [a.yaml]\npatches: [{path: p.yaml, target: {kind: Deployment}}]",
    "a.yaml": web,
    "p.yaml": "- {op: remove, path: /spec/absent}",
  }),
  refused("merge of a mapping with a list", "EST-116", {
    "kustomization.yaml": "resources: [a.yaml]\npatches: [{path: p.yaml}]",
    "a.yaml": web,
    "p.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: [1]\n",
  }),
  refused("unknown patch strategy", "EST-116", {
    "kustomization.yaml": "resources: [a.yaml]\npatches: [{path: p.yaml}]",
    "a.yaml": web,
    "p.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {$patch: remove}\n",
  }),
  refused("replicas of nobody", "EST-117", {
    "kustomization.yaml": "resources: [a.yaml]\nreplicas: [{name: other, count: 1}]",
    "a.yaml": web,
  }),
  refused("replacement without a source", "EST-118", {
    "kustomization.yaml": "resources: [a.yaml]\nreplacements: [{targets: [{select: {kind: Deployment}}]}]",
    "a.yaml": web,
  }),
  refused("replacement from nobody", "EST-118", {
    "kustomization.yaml":
      "resources: [a.yaml]\nreplacements: [{source: {kind: Service}, targets: [{select: {kind: Deployment}}]}]",
    "a.yaml": web,
  }),
  refused("replacement from a missing field", "EST-118", {
    "kustomization.yaml":
      "resources: [a.yaml]\nreplacements: [{source: {kind: Deployment, fieldPath: spec.x}, targets: [{select: {kind: Deployment}}]}]",
    "a.yaml": web,
  }),
  refused("replacement into a missing field", "EST-118", {
    "kustomization.yaml":
      "resources: [a.yaml]\nreplacements: [{sourceValue: x, targets: [{select: {kind: Deployment}, fieldPaths: [spec.x]}]}]",
    "a.yaml": web,
  }),
  refused("replacement of a number by a word", "EST-118", {
    "kustomization.yaml":
      "resources: [a.yaml]\nreplacements: [{sourceValue: x, targets: [{select: {kind: Deployment}, fieldPaths: [spec.replicas]}]}]",
    "a.yaml": web,
  }),
  refused("literal without a value", "EST-119", {
    "kustomization.yaml": "configMapGenerator: [{name: c, literals: [a]}]",
  }),
  refused("key that is repeated", "EST-119", {
    "kustomization.yaml": "configMapGenerator: [{name: c, literals: [a=1, a=2]}]",
  }),
  refused("generator that meets a resource", "EST-119", {
    "kustomization.yaml": "resources: [c.yaml]\nconfigMapGenerator: [{name: settings, literals: [a=1]}]",
    "c.yaml": settings,
  }),
  refused("generator that merges into nothing", "EST-119", {
    "kustomization.yaml": "configMapGenerator: [{name: c, behavior: merge, literals: [a=1]}]",
  }),
  refused("missing file of a generator", "EST-106", {
    "kustomization.yaml": "configMapGenerator: [{name: c, files: [absent]}]",
  }),
  refused("reference that may mean two", "EST-124", {
    "kustomization.yaml": "resources: [one, two, rb.yaml]",
    "one/kustomization.yaml": "namespace: one\nresources: [sa.yaml]",
    "one/sa.yaml": "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: sa}\n",
    "two/kustomization.yaml": "namespace: two\nresources: [sa.yaml]",
    "two/sa.yaml": "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: sa}\n",
    "rb.yaml":
      "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: rb}\nsubjects: [{kind: ServiceAccount, name: sa}]\n",
  }),
  refused("label on something that is no mapping", "EST-125", {
    "kustomization.yaml": "resources: [a.yaml]\ncommonLabels: {a: b}",
    "a.yaml": "apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {selector: text}\n",
  }),
  refused("variable of nobody", "EST-127", {
    "kustomization.yaml": "resources: [a.yaml]\nvars: [{name: V, objref: {kind: Service, name: s, apiVersion: v1}}]",
    "a.yaml": web,
  }),
];
