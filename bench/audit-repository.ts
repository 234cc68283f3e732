/** How well the manifests of a generated repository keep to the rules. */
export type Upkeep = "kept" | "neglected";
/** How the manifests are written: texts of many documents, a text each, or a JSON text each. */
export type RepositoryForm = "YAML" | "YAML, a file each" | "JSON";

export const repositoryForms: readonly RepositoryForm[] = ["YAML", "YAML, a file each", "JSON"];

/** Documents of one file, where a file holds several. */
const DOCUMENTS_A_FILE = 50;
/** Objects of one application. */
const OBJECTS_AN_APPLICATION = 10;
const APPLICATIONS_A_NAMESPACE = 25;
/** One application of these has a workload that is not as it should be. */
const KEPT_BUT_ONE_OF = 3;

type Manifest = { readonly [field: string]: unknown };

/**
 * Texts by path of about `count` objects of 0.5 kB on average: Deployments with Services, ConfigMaps, NetworkPolicies,
 * disruption budgets and autoscalers, as a team writes them; every namespace denies by default.
 */
export function auditRepository(count: number, upkeep: Upkeep, form: RepositoryForm): ReadonlyMap<string, string> {
  const applications = Math.ceil(count / OBJECTS_AN_APPLICATION);
  const manifests: Manifest[] = [];
  for (let index = 0; index < applications; index += 1) manifests.push(...application(index, upkeep));
  const kept = manifests.slice(0, count);
  const [extension, size] = form === "YAML" ? ["yaml", DOCUMENTS_A_FILE] : [form === "JSON" ? "json" : "yaml", 1];
  const texts = new Map<string, string>();
  for (let start = 0; start < kept.length; start += size) {
    const number = start / size;
    const path = `manifests/${String(Math.floor(number / 100)).padStart(4, "0")}/${String(number).padStart(6, "0")}.${extension}`;
    const documents = kept.slice(start, start + size);
    texts.set(path, form === "JSON" ? jsonText(documents) : documents.map(yamlText).join("---\n"));
  }
  return texts;
}

function jsonText(documents: readonly Manifest[]): string {
  return documents.map((document) => `${JSON.stringify(document, undefined, 2)}\n`).join("");
}

function application(index: number, upkeep: Upkeep): readonly Manifest[] {
  const name = `service-${index}`;
  const namespace = `team-${Math.floor(index / APPLICATIONS_A_NAMESPACE)}`;
  const labels = { "app.kubernetes.io/name": name };
  const isKept = index % KEPT_BUT_ONE_OF !== 0;
  const metadata = { name, namespace, labels };
  return [
    upkeep === "kept" ? keptDeployment(metadata, index, isKept) : neglectedDeployment(metadata, index),
    {
      apiVersion: "v1",
      kind: "Service",
      metadata,
      spec: { selector: labels, ports: [{ name: "http", port: 80, targetPort: "http" }] },
    },
    { apiVersion: "v1", kind: "ServiceAccount", metadata, automountServiceAccountToken: false },
    ...[0, 1, 2].map((number) => configMap(metadata, number)),
    networkPolicy(metadata, index),
    {
      apiVersion: "policy/v1",
      kind: "PodDisruptionBudget",
      metadata,
      spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: "AlwaysAllow", selector: { matchLabels: labels } },
    },
    autoscaler(metadata),
    index % APPLICATIONS_A_NAMESPACE === 0 ? defaultDeny(namespace) : configMap(metadata, 3),
  ];
}

interface Metadata {
  readonly name: string;
  readonly namespace: string;
  readonly labels: { readonly [label: string]: string };
}

function keptDeployment(metadata: Metadata, index: number, isKept: boolean): Manifest {
  const { labels, name } = metadata;
  const probe = (path: string) => ({ httpGet: { path, port: "http" }, periodSeconds: 10, timeoutSeconds: 2 });
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata,
    spec: {
      selector: { matchLabels: labels },
      strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: name,
          automountServiceAccountToken: false,
          terminationGracePeriodSeconds: 40,
          priorityClassName: "system-cluster-critical",
          securityContext: { runAsNonRoot: true, runAsUser: 10_001, seccompProfile: { type: "RuntimeDefault" } },
          topologySpreadConstraints: [
            spread("topology.kubernetes.io/zone", labels),
            spread("kubernetes.io/hostname", labels),
          ],
          containers: [
            {
              name: "main",
              image: `registry.azurecr.io/${name}:1.2.${index}@sha256:${String(index).padStart(64, "0")}`,
              ports: [{ name: "http", containerPort: 8080 }],
              ...(isKept ? { startupProbe: probe("/started") } : {}),
              readinessProbe: probe("/ready"),
              livenessProbe: { ...probe("/live"), failureThreshold: 6 },
              lifecycle: { preStop: { sleep: { seconds: 5 } } },
              resources: {
                requests: { cpu: "100m", memory: "128Mi", "ephemeral-storage": "64Mi" },
                limits: { memory: "128Mi", "ephemeral-storage": "64Mi" },
              },
              envFrom: [{ configMapRef: { name: `${name}-0` } }],
              securityContext: {
                allowPrivilegeEscalation: false,
                readOnlyRootFilesystem: true,
                capabilities: { drop: ["ALL"] },
              },
            },
          ],
        },
      },
    },
  };
}

function spread(topologyKey: string, labels: Metadata["labels"]): Manifest {
  return { maxSkew: 1, topologyKey, whenUnsatisfiable: "ScheduleAnyway", labelSelector: { matchLabels: labels } };
}

function neglectedDeployment(metadata: Metadata, index: number): Manifest {
  const { labels, name } = metadata;
  const spec = {
    containers: [
      { name: "main", image: `registry.example/${name}:latest`, ports: [{ name: "http", containerPort: 8080 }] },
    ],
  };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata,
    spec: { replicas: 1 + (index % 3), selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
  };
}

function configMap({ name, namespace, labels }: Metadata, number: number): Manifest {
  const data: { [key: string]: string } = {};
  for (let key = 0; key < 10; key += 1) data[`SETTING_${number}_${key}`] = `value of ${name}, number ${key}`;
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name: `${name}-${number}`, namespace, labels }, data };
}

function networkPolicy(metadata: Metadata, index: number): Manifest {
  const caller = { matchLabels: { "app.kubernetes.io/name": `service-${Math.max(0, index - 1)}` } };
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata,
    spec: {
      podSelector: { matchLabels: metadata.labels },
      policyTypes: ["Ingress"],
      ingress: [{ from: [{ podSelector: caller }], ports: [{ port: 8080 }] }],
    },
  };
}

function defaultDeny(namespace: string): Manifest {
  const metadata = { name: "default-deny", namespace };
  const spec = { podSelector: {}, policyTypes: ["Ingress", "Egress"] };
  return { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata, spec };
}

function autoscaler(metadata: Metadata): Manifest {
  const target = { type: "Utilization", averageUtilization: 70 };
  return {
    apiVersion: "autoscaling/v2",
    kind: "HorizontalPodAutoscaler",
    metadata,
    spec: {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: metadata.name },
      minReplicas: 3,
      maxReplicas: 6,
      metrics: [{ type: "Resource", resource: { name: "cpu", target } }],
    },
  };
}

/** Block style, two spaces, quotes where a plain scalar would be read as something else: as people write manifests. */
function yamlText(manifest: Manifest): string {
  return fieldLines(manifest, "").join("");
}

function fieldLines(fields: Manifest, indent: string): string[] {
  return Object.entries(fields).flatMap(([key, value]) => {
    if (typeof value !== "object" || value === null) return [`${indent}${key}: ${scalarText(value)}\n`];
    if (Array.isArray(value))
      return [`${indent}${key}:\n`, ...value.flatMap((item: unknown) => itemLines(item, indent))];
    const inner = fieldLines(value as Manifest, `${indent}  `);
    return inner.length === 0 ? [`${indent}${key}: {}\n`] : [`${indent}${key}:\n`, ...inner];
  });
}

function itemLines(item: unknown, indent: string): string[] {
  if (typeof item !== "object" || item === null) return [`${indent}- ${scalarText(item)}\n`];
  const [first = "", ...others] = fieldLines(item as Manifest, `${indent}  `);
  return [`${indent}- ${first.slice(indent.length + 2)}`, ...others];
}

function scalarText(value: unknown): string {
  return typeof value === "string" && !/^[A-Za-z/][\w ./:@,-]*$/.test(value) ? JSON.stringify(value) : String(value);
}
