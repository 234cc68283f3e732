import type { Assumption } from "../../../estate/assumptions/assumption.ts";
import { compareAssumptions } from "../../../estate/assumptions/catalogue.ts";
import { compareDiagnostics } from "../../../estate/diagnostics/catalogue.ts";
import type { Diagnostic } from "../../../estate/diagnostics/diagnostic.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import type { RepositoryFile } from "../../repository/repository-file.ts";
import { addApplicationIdentities, type PlacedIdentity } from "./application-identities.ts";
import { type CloudContext, clustersOf, mostCriticalEnvironment, planShared } from "./cloud-context.ts";
import { addCloudServices } from "./cloud-services.ts";
import { addCluster } from "./cluster-resources.ts";
import { sayRepositoryCredentials } from "./flux-resources.ts";
import { GraphDraft } from "./graph-draft.ts";
import { addDeclaredVaults, addOwnKeys } from "./key-vaults.ts";
import { sayCollisions } from "./name-collisions.ts";
import { networkOf, planNetworks } from "./network-plan.ts";
import { addNetwork } from "./network-resources.ts";
import type { PlacedCluster } from "./placed-cluster.ts";
import { addPrivateWays } from "./private-shared.ts";
import type { ResourceGraph } from "./resource-graph.ts";
import { addShared } from "./shared-resources.ts";
import { addStore } from "./stores/add-store.ts";
import { addDeclaredBuses } from "./stores/messaging.ts";
import { sayUnusedIdentities } from "./unused-identities.ts";

/** The cloud side of an estate, with what was assumed and what is wrong. */
export interface CloudPlan {
  readonly graph: ResourceGraph;
  /** What has to be run by hand once the resources stand, sorted by path; the same for every target. */
  readonly scripts: readonly RepositoryFile[];
  readonly assumptions: readonly Assumption[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Every resource of Azure that an estate needs, with all that it declares. */
export function cloudGraph(estate: Estate): CloudPlan {
  const draft = new GraphDraft(estate.name);
  const declared = estate.clusters.filter((cluster) => cluster.declared !== undefined);
  const context: CloudContext = {
    estate,
    draft,
    clusters: declared,
    networks: planNetworks({ ...estate, clusters: declared }, draft),
    shared: planShared({ ...estate, clusters: declared }, draft),
  };
  sayCollisions(context);
  if (declared.length > 0) addEverything(context);
  return {
    graph: draft.graph(),
    scripts: draft.scripts.toSorted((left, right) => (left.path < right.path ? -1 : 1)),
    assumptions: draft.assumptions.toSorted(compareAssumptions),
    diagnostics: draft.diagnostics.toSorted(compareDiagnostics),
  };
}

function addEverything(context: CloudContext): void {
  const { estate, networks } = context;
  const shared = addShared(context);
  const placedNetworks = new Map([...networks].map(([name, plan]) => [name, addNetwork(context, plan)]));
  const clusters = new Map<string, PlacedCluster>();
  for (const cluster of context.clusters) {
    const plan = networkOf(networks, cluster);
    const network = plan === undefined ? undefined : placedNetworks.get(plan.name);
    if (network !== undefined) clusters.set(cluster.name, addCluster(context, cluster, network, shared));
  }
  addPrivateWays(context, shared, [...clusters.values()]);
  sayRepositoryCredentials(context);
  const identities = addApplications(context, clusters);
  for (const store of estate.dataStores) addStore(context, store, clusters, identities);
  addDeclaredVaults(context, identities, clusters);
  addDeclaredBuses(context, identities);
  addCloudServices(context);
}

function addApplications(
  context: CloudContext,
  clusters: ReadonlyMap<string, PlacedCluster>,
): readonly PlacedIdentity[] {
  const identities: PlacedIdentity[] = [];
  for (const application of context.estate.applications) {
    const critical = mostCriticalEnvironment(context.estate, application.environments);
    const own: PlacedIdentity[] = [];
    for (const environment of application.environments) {
      const identity = addApplicationIdentities(context, application, environment, clusters);
      if (identity !== undefined) own.push(identity);
      const [first] = clustersOf(context, application, environment);
      const cluster = first === undefined ? undefined : clusters.get(first.name);
      if (cluster !== undefined && environment === critical)
        addOwnKeys(context, application, environment, cluster, identity);
    }
    sayUnusedIdentities(context, application, own);
    identities.push(...own);
  }
  return identities;
}
