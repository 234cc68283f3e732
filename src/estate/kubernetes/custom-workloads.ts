import { groupKind } from "./group-kind.ts";
import { asInteger, asList, asObject, asStringMap, type StringMap, valueAt } from "./json-value.ts";
import type { JsonObject, KubernetesObject } from "./kubernetes-object.ts";
import type { WorkloadRun } from "./workload.ts";

/**
 * A custom kind whose operator makes pods that the manifest does not describe in full. Only kinds that are certain to run
 * pods stand here; any other custom resource is kept as an object.
 */
export interface CustomWorkload {
  readonly run: WorkloadRun;
  /** Lowest and highest number of pods that the resource states; undefined where it states none. */
  readonly replicas: (value: JsonObject) => ReplicaBounds | undefined;
  /** Labels that its pods are certain to carry. */
  readonly podLabels: (object: KubernetesObject) => StringMap;
  /** Names of the Services that the operator makes for it. */
  readonly services: (name: string) => readonly string[];
  /** Path of a pod spec inside it, complete but for what the operator adds. */
  readonly podTemplatePath?: readonly string[];
}

interface ReplicaBounds {
  readonly minimum: number;
  readonly maximum: number;
}

type Definition = Partial<CustomWorkload>;

const definitions: readonly (readonly [string, Definition])[] = [
  [
    "Prometheus.monitoring.coreos.com",
    { ...prometheusOperator("prometheus", "prometheus-operated"), replicas: shardedReplicas },
  ],
  ["PrometheusAgent.monitoring.coreos.com", prometheusOperator("prometheus-agent", "prometheus-agent-operated")],
  ["Alertmanager.monitoring.coreos.com", prometheusOperator("alertmanager", "alertmanager-operated")],
  ["ThanosRuler.monitoring.coreos.com", prometheusOperator("thanos-ruler", "thanos-ruler-operated")],
  ["Workspace.kaito.sh", { replicas: countAt(["resource", "count"], 1), podLabels: kaitoLabels, services: ownName }],
  ["RAGEngine.kaito.sh", { replicas: countAt(["spec", "compute", "count"], 1), services: ownName }],
  ["InferenceSet.kaito.sh", { replicas: countAt(["spec", "replicas"], 1) }],
  [
    "Service.serving.knative.dev",
    { replicas: knativeScale, podLabels: knativeLabels, services: ownName, podTemplatePath: ["spec", "template"] },
  ],
  [
    "Kafka.kafka.strimzi.io",
    {
      replicas: countAt(["spec", "kafka", "replicas"]),
      podLabels: strimziLabels,
      services: suffixes("-kafka-bootstrap", "-kafka-brokers"),
    },
  ],
  ["KafkaNodePool.kafka.strimzi.io", { replicas: countAt(["spec", "replicas"]) }],
  [
    "KafkaConnect.kafka.strimzi.io",
    { replicas: countAt(["spec", "replicas"], 3), podLabels: strimziLabels, services: suffixes("-connect-api") },
  ],
  [
    "KafkaBridge.kafka.strimzi.io",
    { replicas: countAt(["spec", "replicas"], 1), podLabels: strimziLabels, services: suffixes("-bridge-service") },
  ],
  [
    "Cluster.postgresql.cnpg.io",
    {
      replicas: countAt(["spec", "instances"], 1),
      podLabels: (object) => ({ "cnpg.io/cluster": object.name }),
      services: suffixes("-rw", "-ro", "-r"),
    },
  ],
  ["Pooler.postgresql.cnpg.io", { replicas: countAt(["spec", "instances"], 1), services: ownName }],
  ["postgresql.acid.zalan.do", { replicas: countAt(["spec", "numberOfInstances"]), services: suffixes("", "-repl") }],
  [
    "RabbitmqCluster.rabbitmq.com",
    {
      replicas: countAt(["spec", "replicas"], 1),
      podLabels: (object) => ({
        "app.kubernetes.io/name": object.name,
        "app.kubernetes.io/component": "rabbitmq",
        "app.kubernetes.io/part-of": "rabbitmq",
      }),
      services: suffixes("", "-nodes"),
    },
  ],
  [
    "Elasticsearch.elasticsearch.k8s.elastic.co",
    {
      replicas: nodeSetReplicas,
      podLabels: (object) => ({ "elasticsearch.k8s.elastic.co/cluster-name": object.name }),
      services: suffixes("-es-http", "-es-internal-http"),
    },
  ],
  [
    "Kibana.kibana.k8s.elastic.co",
    {
      replicas: countAt(["spec", "count"], 1),
      podLabels: (object) => ({ "kibana.k8s.elastic.co/name": object.name }),
      services: suffixes("-kb-http"),
    },
  ],
  [
    "MongoDBCommunity.mongodbcommunity.mongodb.com",
    {
      replicas: countAt(["spec", "members"]),
      podLabels: (object) => ({ app: `${object.name}-svc` }),
      services: suffixes("-svc"),
    },
  ],
  [
    "OpenTelemetryCollector.opentelemetry.io",
    { replicas: countAt(["spec", "replicas"], 1), services: suffixes("-collector", "-collector-headless") },
  ],
  ["RayCluster.ray.io", { services: suffixes("-head-svc") }],
  ["RayService.ray.io", { services: suffixes("-head-svc", "-serve-svc") }],
  ["SparkApplication.sparkoperator.k8s.io", { run: "task" }],
  ["ScheduledSparkApplication.sparkoperator.k8s.io", { run: "task" }],
  ["Workflow.argoproj.io", { run: "task" }],
  ["CronWorkflow.argoproj.io", { run: "task" }],
  ["PipelineRun.tekton.dev", { run: "task" }],
  ["TaskRun.tekton.dev", { run: "task" }],
];

const customWorkloads: ReadonlyMap<string, CustomWorkload> = new Map(
  definitions.map(([kind, definition]) => [
    kind,
    { run: "serving", replicas: () => undefined, podLabels: () => ({}), services: () => [], ...definition },
  ]),
);

/** Custom kinds (`Kind.group`) that run pods. */
export const customWorkloadKinds: readonly string[] = [...customWorkloads.keys()];

export function customWorkloadOf(object: Pick<KubernetesObject, "apiVersion" | "kind">): CustomWorkload | undefined {
  return customWorkloads.get(groupKind(object));
}

function countAt(path: readonly string[], byDefault?: number): CustomWorkload["replicas"] {
  return (value) => {
    const stated = valueAt(value, path);
    const count = stated === undefined || stated === null ? byDefault : asInteger(stated);
    return count === undefined || count < 0 ? undefined : { minimum: count, maximum: count };
  };
}

function ownName(name: string): readonly string[] {
  return [name];
}

function suffixes(...endings: readonly string[]): CustomWorkload["services"] {
  return (name) => endings.map((ending) => `${name}${ending}`);
}

/** The operator adds these labels to those of `spec.podMetadata`, and one governing Service a namespace. */
function prometheusOperator(application: string, service: string): Definition {
  return {
    replicas: countAt(["spec", "replicas"], 1),
    podLabels: (object) => ({
      ...asStringMap(valueAt(object.value, ["spec", "podMetadata", "labels"])),
      "app.kubernetes.io/managed-by": "prometheus-operator",
      "app.kubernetes.io/name": application,
      "app.kubernetes.io/instance": object.name,
    }),
    services: () => [service],
  };
}

function shardedReplicas(value: JsonObject): ReplicaBounds | undefined {
  const replicas = countAt(["spec", "replicas"], 1)(value);
  const shards = countAt(["spec", "shards"], 1)(value);
  if (replicas === undefined || shards === undefined) return undefined;
  const pods = replicas.minimum * shards.minimum;
  return { minimum: pods, maximum: pods };
}

function kaitoLabels(object: KubernetesObject): StringMap {
  return { "kaito.sh/workspace": object.name };
}

function strimziLabels(object: KubernetesObject): StringMap {
  return { "strimzi.io/cluster": object.name, "strimzi.io/kind": object.kind };
}

function knativeLabels(object: KubernetesObject): StringMap {
  return {
    ...asStringMap(valueAt(object.value, ["spec", "template", "metadata", "labels"])),
    "serving.knative.dev/service": object.name,
  };
}

/** Scales to zero unless told otherwise; without an upper bound the lower one is all that is stated. */
function knativeScale(value: JsonObject): ReplicaBounds | undefined {
  const annotations = asStringMap(valueAt(value, ["spec", "template", "metadata", "annotations"]));
  const minimum = scaleOf(
    annotations["autoscaling.knative.dev/min-scale"] ?? annotations["autoscaling.knative.dev/minScale"],
  );
  const maximum = scaleOf(
    annotations["autoscaling.knative.dev/max-scale"] ?? annotations["autoscaling.knative.dev/maxScale"],
  );
  if (minimum === undefined && maximum === undefined) return undefined;
  const least = minimum ?? 0;
  return { minimum: least, maximum: Math.max(least, maximum ?? least) };
}

function scaleOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}

function nodeSetReplicas(value: JsonObject): ReplicaBounds | undefined {
  const counts = asList(asObject(value.spec).nodeSets).map((nodeSet) => asInteger(asObject(nodeSet).count) ?? 0);
  const pods = counts.reduce((sum, count) => sum + Math.max(0, count), 0);
  return counts.length === 0 ? undefined : { minimum: pods, maximum: pods };
}
