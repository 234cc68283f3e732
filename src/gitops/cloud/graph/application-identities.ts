import { asText } from "../../../estate/kubernetes/json-value.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { Application } from "../../../estate/model/application.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import { azureName } from "./azure-names.ts";
import { type CloudContext, clustersOf, partOf } from "./cloud-context.ts";
import type { Part, Placed } from "./graph-draft.ts";
import { scalesByEvents } from "./managed-cluster.ts";
import type { PlacedCluster } from "./placed-cluster.ts";
import { subscriptionOf } from "./subscriptions.ts";

/** The identity of an application in one environment. */
export interface PlacedIdentity {
  readonly application: string;
  readonly environment: string;
  readonly identity: Placed;
}

const audience = "api://AzureADTokenExchange";

/**
 * An identity for each application and environment that something in the cloud has to know, with a credential for each
 * service account that uses it, and for KEDA's operator where it asks on the application's behalf.
 */
export function addApplicationIdentities(
  context: CloudContext,
  application: Application,
  environment: string,
  clusters: ReadonlyMap<string, PlacedCluster>,
): PlacedIdentity | undefined {
  const { draft, estate } = context;
  const accounts = accountsOf(context, application, environment);
  const placed = clustersOf(context, application, environment).flatMap(({ name }) => clusters.get(name) ?? []);
  const [first] = placed;
  if (accounts.length === 0 || first === undefined) return undefined;
  const part = applicationPart(context, application, environment, first);
  const identity = draft.add(part, {
    type: "Microsoft.ManagedIdentity/userAssignedIdentities",
    name: azureName("identity", [application.name, environment], estate.name),
    location: part.group.location ?? first.cluster.region,
  });
  // Azure refuses credentials of one identity that are written at the same time.
  let last: Placed | undefined;
  for (const { cluster, resource } of placed) {
    if (cluster.identity.workloadIdentity !== true) continue;
    const subjects = accounts.filter((account) => account.cluster === cluster.name).map(({ subject }) => subject);
    const asksByKeda =
      scalesByEvents(estate.objects, cluster) && hasScaledObject(context, application, cluster.name, environment);
    if (asksByKeda) subjects.push("system:serviceaccount:kube-system:keda-operator");
    for (const subject of new Set(subjects)) {
      last = draft.add(part, {
        type: "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials",
        name: azureName("credential", [cluster.name, ...subject.split(":").slice(2)], estate.name),
        parent: identity,
        after: last === undefined ? [] : [last],
        properties: {
          issuer: { $ref: resource.key, output: "properties.oidcIssuerProfile.issuerURL" },
          subject,
          audiences: [audience],
        },
      });
    }
  }
  return { application: application.name, environment, identity };
}

/** Part and group of an application in one environment, in the region and subscription of its first cluster there. */
export function applicationPart(
  context: CloudContext,
  application: Application,
  environment: string,
  { cluster }: Pick<PlacedCluster, "cluster">,
): Part {
  const region =
    clustersOf(context, application, environment).find(({ region: name }) => name === application.regions.primary)
      ?.region ?? cluster.region;
  const name = `${application.name}-${environment}`;
  const at = { subscription: subscriptionOf(cluster), region, tells: `Application/${application.name}` };
  return partOf(context, `application-${name}`, { ...at, words: [name] });
}

interface UsedAccount {
  readonly cluster: string;
  readonly subject: string;
}

/** Service accounts of the pods that are to use the identity. */
function accountsOf({ estate }: CloudContext, application: Application, environment: string): readonly UsedAccount[] {
  const used = identityUsers(estate, application, environment);
  const accounts = new Map(used.map((workload) => [`${workload.cluster} ${subjectOf(workload)}`, workload]));
  return [...accounts.values()]
    .map((workload) => ({ cluster: workload.cluster, subject: subjectOf(workload) }))
    .toSorted((left, right) => (`${left.cluster} ${left.subject}` < `${right.cluster} ${right.subject}` ? -1 : 1));
}

/** Workloads whose pods say they use an identity, or that depend on something in the cloud. */
export function identityUsers(estate: Estate, application: Application, environment: string): readonly Workload[] {
  const callers = new Set(
    estate.dependencies
      .filter(({ to }) => (to.kind === "dataStore" ? isManaged(estate, to.name) : to.kind === "cloudService"))
      .map(({ from }) => from),
  );
  return estate.workloads.filter(
    (workload) =>
      workload.application === application.name &&
      workload.environment === environment &&
      (saysIdentity(workload) || callers.has(workload.id)),
  );
}

/** Its pods ask for the token of an identity. */
export function saysIdentity({ podLabels }: Workload): boolean {
  return podLabels["azure.workload.identity/use"] === "true";
}

/** The service account that its pods run as. */
export function accountOf({ podSpec }: Workload): string {
  return asText(podSpec["serviceAccountName"]) ?? asText(podSpec["serviceAccount"]) ?? "default";
}

function subjectOf(workload: Workload): string {
  return `system:serviceaccount:${workload.namespace}:${accountOf(workload)}`;
}

function isManaged(estate: Estate, store: string): boolean {
  return estate.dataStores.some(({ name, service }) => name === store && service !== "statefulSet");
}

function hasScaledObject(
  { estate }: CloudContext,
  application: Application,
  cluster: string,
  environment: string,
): boolean {
  return estate.objects.some(
    (placed) =>
      placed.object.kind === "ScaledObject" &&
      placed.application === application.name &&
      placed.cluster === cluster &&
      placed.environment === environment,
  );
}
