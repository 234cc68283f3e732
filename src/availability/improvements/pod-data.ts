import { isInMemory, localVolumesOf } from "../../estate/kubernetes/pod-volumes.ts";
import { isScratchPath } from "../../estate/kubernetes/scratch-paths.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { SameWorkload } from "./same-workload.ts";

/** Images of software that holds data: more pods of it are a cluster to set up, or stores that know nothing of each other. */
const storeImage =
  /(?:^|\/)(?:redis|valkey|memcached|postgres(?:ql)?|postgis|mysql|mariadb|mongo(?:db)?|rabbitmq|kafka|nats|etcd|zookeeper|cassandra|scylla|elasticsearch|opensearch|clickhouse|minio|influxdb|couchdb|neo4j)(?:-(?:server|ha|cluster|repmgr|stack))?(?=[:@]|$)/i;

/** Whether pods have data of their own, which a further pod would not have. */
export type PodData =
  | { readonly kind: "none" }
  /** They hold data by their claims, by what is declared of them, or by what they run. */
  | { readonly kind: "keeps" }
  /** They may: nobody says what is in these files, or what the stable names are for. */
  | { readonly kind: "mayKeep"; readonly caveat: string };

/** Judges by claims, declared stores, images, and volumes of the pod or its node that are written to. */
export function podDataOf(estate: Estate, { first, label }: SameWorkload): PodData {
  const volumes = localVolumesOf(first).filter(
    (volume) => !isInMemory(volume) && volume.writablePaths.some((path) => !isScratchPath(path)),
  );
  if (first.claims.length > 0 || isDeclaredStore(estate, first) || runsStore(first)) return { kind: "keeps" };
  if (volumes.some(({ kind }) => kind === "hostPath")) return { kind: "keeps" };
  const [volume] = volumes;
  if (volume !== undefined) {
    const caveat = `each pod of ${label} writes to a volume of its own (${volume.name}): only if nobody misses there what another pod wrote`;
    return { kind: "mayKeep", caveat };
  }
  if (first.kind !== "StatefulSet") return { kind: "none" };
  return { kind: "mayKeep", caveat: `${label} is a StatefulSet: only if its pods need no data of one another` };
}

function isDeclaredStore({ dataStores }: Estate, { namespace, kind, name }: Workload): boolean {
  return dataStores.some(({ workload }) => workload === `${namespace}/${kind}/${name}`);
}

function runsStore({ containers }: Workload): boolean {
  return containers.some(({ role, image = "" }) => role === "main" && storeImage.test(image));
}
