import type { DiagnosticRule } from "./diagnostic-rule.ts";
import { listed, shorten } from "./wording.ts";

interface RefusedPods {
  readonly workload: string;
  readonly clusters: readonly string[];
  readonly reason: string;
  readonly remedy: string;
}

/** What is rendered would break what the manifests say, or no API server would take them. */
export const podsRefused: DiagnosticRule<RefusedPods> = {
  code: "EST-940",
  name: "pods-refused",
  severity: "error",
  message: ({ workload, clusters, reason }) =>
    `No pod of ${shorten(workload)} would start on ${listed(clusters)}: ${reason}.`,
  hint: ({ remedy }) => remedy,
};

/** The manifests contradict each other, and are delivered as they are. */
export const podsRefusedByManifests: DiagnosticRule<RefusedPods> = {
  code: "EST-942",
  name: "pods-refused-by-manifests",
  severity: "warning",
  message: ({ workload, clusters, reason }) =>
    `By its own manifests no pod of ${shorten(workload)} will start on ${listed(clusters)}: ${reason}.`,
  hint: ({ remedy }) => remedy,
};

export const callCutOff: DiagnosticRule<{
  readonly from: string;
  readonly to: string;
  readonly ports: string;
  readonly clusters: readonly string[];
  readonly reason: string;
}> = {
  code: "EST-941",
  name: "call-cut-off",
  severity: "warning",
  message: ({ from, to, ports, clusters, reason }) =>
    `${shorten(from)} calls ${shorten(to)} on ${ports} (${shorten(reason)}), and the network policies on ${listed(clusters)} do not let it through.`,
  hint: () =>
    "Let both ends have it in the policies of their namespaces, or take those away: a namespace without any gets policies that leave its calls open.",
};

export const blueGreenUnjudged: DiagnosticRule<{ readonly what: string }> = {
  code: "EST-945",
  name: "blue-green-unjudged",
  severity: "warning",
  message: ({ what }) =>
    `Users come to a new version of ${shorten(what)} only after the switch, and Flagger fails a check without requests: it takes every new version back.`,
  hint: () =>
    "Add a load test (a webhook of type rollout) to the analysis of its Canary in overrides/, or declare delivery.strategy canary.",
};

export const nameRefused: DiagnosticRule<{
  readonly kind: string;
  readonly name: string;
  readonly by: "Azure" | "Kubernetes";
  readonly rule: string;
}> = {
  code: "EST-950",
  name: "name-refused",
  severity: "error",
  message: ({ kind, name, by, rule }) => `${by} takes no ${kind} of the name ${shorten(name)}: ${rule}.`,
  hint: () => "Give it another name; the repository is written only when every name in it will be taken.",
};

export const secretInPlainText: DiagnosticRule<{ readonly secret: string; readonly places: readonly string[] }> = {
  code: "EST-951",
  name: "secret-in-plain-text",
  severity: "warning",
  message: ({ secret, places }) => `Secret ${shorten(secret)} goes into the repository as it is (${listed(places)}).`,
  hint: () => "Keep its value in a vault and let an ExternalSecret or a SecretProviderClass bring it.",
};

export const factNotKnown: DiagnosticRule<{
  readonly clusters: readonly string[];
  readonly what: string;
  readonly leftOut: string;
}> = {
  code: "EST-952",
  name: "fact-not-known",
  severity: "note",
  message: ({ clusters, what, leftOut }) =>
    `${what} is known only once the infrastructure stands: ${leftOut} is left out on ${listed(clusters)} until then.`,
  hint: ({ clusters }) =>
    `Write it into ${clusters.length === 1 ? `clusters/${clusters[0]}/facts.yaml` : "facts.yaml of each cluster"} and render again.`,
};

export const rolloutControllerMissing: DiagnosticRule<{
  readonly application: string;
  readonly controller: string;
  readonly clusters: readonly string[];
}> = {
  code: "EST-953",
  name: "rollout-controller-missing",
  severity: "warning",
  message: ({ application, controller, clusters }) =>
    `Application ${shorten(application)} is to be rolled out by ${controller}, which ${listed(clusters)} ${clusters.length === 1 ? "does" : "do"} not have: it is written as a plain rolling update.`,
  hint: ({ controller }) => `Declare ${controller} among Cluster.spec.components, or delivery.controller: kubernetes.`,
};

export const leafNotBuilt: DiagnosticRule<{ readonly leaf: string; readonly difference: string }> = {
  code: "EST-954",
  name: "leaf-not-built",
  severity: "error",
  message: ({ leaf, difference }) =>
    `What is written for ${shorten(leaf)} does not build to its objects: ${difference}.`,
  hint: () =>
    "This is a defect of the writer; nothing was written. Please report it with the manifests that caused it.",
};

export const foreignFiles: DiagnosticRule<{ readonly files: readonly string[] }> = {
  code: "EST-955",
  name: "foreign-files",
  severity: "error",
  message: ({ files }) =>
    `${files.length === 1 ? "A file" : `${files.length} files`} in the output folder ${files.length === 1 ? "was" : "were"} not written by a render and would be replaced: ${listed(files)}.`,
  hint: () => "Choose an empty folder, move them away, or replace them with --force.",
};

export const uncommittedChanges: DiagnosticRule<{ readonly files: readonly string[] }> = {
  code: "EST-956",
  name: "uncommitted-changes",
  severity: "error",
  message: ({ files }) => `The output folder has changes that are not committed: ${listed(files)}.`,
  hint: () => "Commit or drop them first, or render over them with --force.",
};

export const editConflicts: DiagnosticRule<{ readonly file: string; readonly conflict: string }> = {
  code: "EST-957",
  name: "edit-conflicts",
  severity: "error",
  message: ({ file, conflict }) => `${shorten(file)} was edited by hand where the estate changed it too: ${conflict}.`,
  hint: () => "Move the change into the estate or into overrides/ beside the leaf, or drop it with --force.",
};

export const editKept: DiagnosticRule<{ readonly file: string }> = {
  code: "EST-958",
  name: "edit-kept",
  severity: "warning",
  message: ({ file }) => `${shorten(file)} was edited by hand: the edit is kept and merged with what is generated.`,
  hint: () => "Move the change into the estate or into overrides/ beside the leaf, so that the two stay apart.",
};

export const pathTwice: DiagnosticRule<{ readonly path: string; readonly parts: readonly string[] }> = {
  code: "EST-959",
  name: "path-written-twice",
  severity: "error",
  message: ({ path, parts }) => `${listed(parts)} would write the same file ${shorten(path)}.`,
  hint: () => "Give one of them another name.",
};

export const nothingToDeliver: DiagnosticRule<undefined> = {
  code: "EST-960",
  name: "nothing-to-deliver",
  severity: "error",
  message: () => "There is no object on any cluster to write a repository for.",
  hint: () => "Name a folder with an estate whose applications have manifests, or with manifests alone.",
};

export const quotaBelowPeak: DiagnosticRule<{
  readonly quota: string;
  readonly namespace: string;
  readonly clusters: readonly string[];
  readonly resource: string;
  readonly given: string;
  readonly peak: string;
}> = {
  code: "EST-961",
  name: "quota-below-peak",
  severity: "warning",
  message: ({ quota, namespace, clusters, resource, given, peak }) =>
    `ResourceQuota ${shorten(quota)} of namespace ${shorten(namespace)} gives ${resource}: ${given}, and its workloads on ${listed(clusters)} may come to ask for ${peak}: the last replicas will not start.`,
  hint: () =>
    "Raise Tenant.spec.quota, or the ResourceQuota among the manifests; or lower the replicas that its autoscalers may go up to.",
};

export const rolloutNotWritten: DiagnosticRule<{ readonly what: string; readonly reason: string }> = {
  code: "EST-962",
  name: "rollout-not-written",
  severity: "warning",
  message: ({ what, reason }) => `The rollout of ${shorten(what)} is not written: ${reason}.`,
  hint: () => "Change what the reason names; until then the application is written as a plain rolling update.",
};

export const objectInTwoForms: DiagnosticRule<{
  readonly object: string;
  readonly cluster: string;
  readonly environment: string;
}> = {
  code: "EST-963",
  name: "object-in-two-forms",
  severity: "error",
  message: ({ object, cluster, environment }) =>
    `${shorten(object)} of ${environment} is on ${shorten(cluster)} already, in another form: a cluster can hold one of them.`,
  hint: () => "Give the environments namespaces or clusters of their own, or let one manifest define the object.",
};

export const cloudTargetNotWritten: DiagnosticRule<{ readonly target: string }> = {
  code: "EST-964",
  name: "cloud-target-not-written",
  severity: "error",
  message: ({ target }) => `The infrastructure cannot be written in ${shorten(target)}.`,
  hint: () =>
    "Name another language with --cloud, or --cloud none; delivery.cloudTarget of the Estate declares it for good.",
};

export const orderedChanges: DiagnosticRule<{ readonly target: string; readonly stages: number }> = {
  code: "EST-965",
  name: "ordered-changes",
  severity: "warning",
  message: ({ target, stages }) =>
    `These changes have to reach Azure in ${stages} stages, and ${target} would bring them all at once: what comes too early is refused and tried again for hours.`,
  hint: () => "Render with --stage 1, commit and wait until Azure is done; then render again.",
};

export const chartsNotVerified: DiagnosticRule<undefined> = {
  code: "EST-966",
  name: "charts-not-verified",
  severity: "warning",
  message: () => "The Helm form is not verified: there is no helm on PATH.",
  hint: () => "Install helm 3 or 4, and verify again.",
};

export const gitopsDiagnosticRules = [
  podsRefused,
  callCutOff,
  podsRefusedByManifests,
  blueGreenUnjudged,
  nameRefused,
  secretInPlainText,
  factNotKnown,
  rolloutControllerMissing,
  leafNotBuilt,
  foreignFiles,
  uncommittedChanges,
  editConflicts,
  editKept,
  pathTwice,
  nothingToDeliver,
  quotaBelowPeak,
  rolloutNotWritten,
  objectInTwoForms,
  cloudTargetNotWritten,
  orderedChanges,
  chartsNotVerified,
] as const;
