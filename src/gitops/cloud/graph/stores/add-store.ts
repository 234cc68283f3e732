import { assume } from "../../../../estate/assumptions/assumption-rule.ts";
import { storeEnvironment } from "../../../../estate/assumptions/cloud-target-rules.ts";
import { serviceNotWritten } from "../../../../estate/diagnostics/cloud-target-diagnostics.ts";
import { diagnose } from "../../../../estate/diagnostics/diagnostic-rule.ts";
import type { Application } from "../../../../estate/model/application.ts";
import type { DataStore } from "../../../../estate/model/service.ts";
import { applicationPart, type PlacedIdentity } from "../application-identities.ts";
import { type CloudContext, clustersOf, mostCriticalEnvironment, sharedPart } from "../cloud-context.ts";
import type { PlacedCluster } from "../placed-cluster.ts";
import { addCosmosDb } from "./cosmos-db.ts";
import { addEventHubs, addServiceBus } from "./messaging.ts";
import { addMysql, addPostgresql } from "./open-source-databases.ts";
import { addRedis } from "./redis.ts";
import { addSql } from "./sql-database.ts";
import { addStorage } from "./storage.ts";
import { sayUnreachable, storeCallers } from "./store-access.ts";
import type { StoreTask } from "./store-task.ts";

const writers: { readonly [service: string]: (task: StoreTask) => void } = {
  azureSql: addSql,
  postgresqlFlexible: addPostgresql,
  mysqlFlexible: addMysql,
  cosmosDb: addCosmosDb,
  storageBlob: addStorage,
  storageFiles: addStorage,
  redis: addRedis,
  eventHubs: addEventHubs,
  serviceBus: addServiceBus,
};

/** Resources of a declared store; it is that of the most critical environment of its application. */
export function addStore(
  context: CloudContext,
  store: DataStore,
  clusters: ReadonlyMap<string, PlacedCluster>,
  identities: readonly PlacedIdentity[],
): void {
  const { draft, estate } = context;
  if (store.service === "statefulSet") return;
  const write = writers[store.service];
  if (write === undefined) {
    const reason = store.service === "auto" ? "its service is not chosen yet" : "the service is not known";
    draft.diagnostics.push(
      diagnose(serviceNotWritten, { name: store.name, service: store.service, reason }, { place: store.place }),
    );
    return;
  }
  const application = estate.applications.find(({ name }) => name === store.application);
  const environment = mostCriticalEnvironment(
    estate,
    application?.environments ?? estate.environments.map(({ name }) => name),
  );
  const placed = placedClusters(context, application, environment, clusters);
  const written = [...store.regions.writers, ...store.regions.readers];
  const [first] = placed;
  const region = written[0] ?? first?.cluster.region ?? context.shared.region;
  if (environment !== undefined && (application?.environments.length ?? 0) > 1) {
    draft.assumptions.push(assume(storeEnvironment, `DataStore/${store.name}`, { environment }, store.place));
  }
  const tells = `DataStore/${store.name}`;
  const part =
    application === undefined || environment === undefined || first === undefined
      ? sharedPart(context)
      : applicationPart(context, application, environment, first);
  const task: StoreTask = {
    context,
    store,
    part: { ...part, tells },
    region,
    otherRegions: [...new Set(written)].filter((name) => name !== region),
    clusters: placed,
    callers: storeCallers(context, store, environment, identities),
  };
  write(task);
  sayUnreachable(task);
}

function placedClusters(
  context: CloudContext,
  application: Application | undefined,
  environment: string | undefined,
  clusters: ReadonlyMap<string, PlacedCluster>,
): readonly PlacedCluster[] {
  if (application === undefined || environment === undefined) return [];
  return clustersOf(context, application, environment).flatMap(({ name }) => clusters.get(name) ?? []);
}
