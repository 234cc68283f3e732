import { describe, expect, test } from "vitest";
import { document, givenTexts } from "../../estate/testing/given-texts.ts";
import { type ClusterFacts, noFacts } from "./delivery-inputs.ts";
import { deliveryUnits } from "./delivery-units.ts";
import { objectKeyOf } from "./object-key.ts";

const deployment = (name: string, spec = "", pod = "") => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, uid: 1-2, annotations: {}}
spec:
  replicas: 3
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}, azure.workload.identity/use: "true"}}
    spec: {${pod}containers: [{name: main, image: "r.example/${name}:1", resources: {requests: {cpu: 500m, memory: 1Gi}}}]}
${spec}status: {replicas: 3}
---
`;

const autoscaler = `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, minReplicas: 3, maxReplicas: 6}
---
`;

interface Given {
  readonly manifests: string;
  readonly application?: string;
  readonly cluster?: string;
  readonly tenant?: string;
  readonly more?: string;
  readonly facts?: ClusterFacts;
}

function planOf({ manifests, application = "", cluster = "", tenant = "", more = "", facts }: Given) {
  const estate = givenTexts({
    "estate.yaml":
      document(
        "Estate",
        "e",
        "{complete: true, classifications: [public, internal, confidential], environments: [{name: prod, criticality: high, hours: always, timeZone: UTC}]}",
      ) +
      document(
        "Cluster",
        "one",
        `{region: westeurope, environments: [prod], operatingModel: platformProduct, nodePools: [{name: system, mode: System, vmSize: Standard_D8ds_v5, zones: ["1"], count: 3}${cluster}]}`,
      ) +
      document("Tenant", "retail", `{owners: [{entraGroup: shops}], quota: {cpu: "10", memory: 20Gi}${tenant}}`) +
      document(
        "Application",
        "shop",
        `{tenant: retail, environments: [prod], namespace: shop, manifests: {default: ./shop}${application}}`,
      ) +
      more,
    "shop/all.yaml": manifests,
  });
  return deliveryUnits(estate, {
    networkPolicies: new Map([
      [
        "prod",
        new Map([
          [
            "shop",
            [
              {
                apiVersion: "networking.k8s.io/v1",
                kind: "NetworkPolicy",
                metadata: { name: "default-deny", namespace: "shop" },
                spec: { podSelector: {} },
              },
            ],
          ],
        ]),
      ],
    ]),
    objectiveRules: new Map(),
    facts: facts === undefined ? new Map() : new Map([["one", facts]]),
  });
}

function unitOf(given: Given, id: string) {
  const found = planOf(given).units.find(({ tree, name }) => `${tree}/${name}` === id);
  const objects = found?.leaves.flatMap((leaf) => leaf.objects) ?? [];
  return { unit: found, objects, keys: objects.map(objectKeyOf).map(({ kind, name }) => `${kind}/${name}`) };
}

describe("units of delivery", () => {
  test("an application has its objects as they are, without what a server wrote, and a budget that it lacks", () => {
    const { unit, objects, keys } = unitOf({ manifests: deployment("web") }, "apps/shop");
    expect(unit?.dependsOn).toEqual(["platform/retail"]);
    expect(keys).toEqual(["Deployment/web", "PodDisruptionBudget/web"]);
    expect(objects[0]).toEqual({
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "web", namespace: "shop" },
      spec: {
        replicas: 3,
        selector: { matchLabels: { app: "web" } },
        template: {
          metadata: { labels: { app: "web", "azure.workload.identity/use": "true" } },
          spec: {
            containers: [
              { name: "main", image: "r.example/web:1", resources: { requests: { cpu: "500m", memory: "1Gi" } } },
            ],
          },
        },
      },
    });
    expect(objects[1]?.spec).toEqual({
      maxUnavailable: 1,
      selector: { matchLabels: { app: "web" } },
      unhealthyPodEvictionPolicy: "AlwaysAllow",
    });
  });

  test("nobody but an autoscaler says how many replicas there are", () => {
    const { objects } = unitOf({ manifests: deployment("web") + autoscaler }, "apps/shop");
    const written = objects.find(({ kind }) => kind === "Deployment")?.spec;
    expect(written).not.toHaveProperty("replicas");
  });

  test("a declared peak that the replicas cannot carry gets an autoscaler", () => {
    const profile = document(
      "LoadProfile",
      "day",
      '{unit: requestsPerSecond, shape: {base: 10, daily: {peak: 100, peakAt: "12:00"}}}',
    );
    const application = ", load: [{profile: LoadProfile/day, workload: shop/Deployment/web, perReplica: 10}]";
    const { objects } = unitOf({ manifests: deployment("web"), application, more: profile }, "apps/shop");
    const added = objects.find(({ kind }) => kind === "HorizontalPodAutoscaler")?.spec;
    expect(added).toMatchObject({
      minReplicas: 3,
      maxReplicas: 10,
      scaleTargetRef: { kind: "Deployment", name: "web" },
    });
    expect(objects.find(({ kind }) => kind === "Deployment")?.spec).not.toHaveProperty("replicas");
  });

  test("a service account that pods name and nobody defines is written, with its identity once it is known", () => {
    const given = { manifests: deployment("web", "", "serviceAccountName: shop-web, ") };
    expect(unitOf(given, "apps/shop").objects.find(({ kind }) => kind === "ServiceAccount")).toEqual({
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: { name: "shop-web", namespace: "shop" },
      automountServiceAccountToken: false,
    });
    const facts = { identities: { shop: "id-1" }, diskEncryptionSets: {}, groups: {} };
    const known = unitOf({ ...given, facts }, "apps/shop").objects.find(({ kind }) => kind === "ServiceAccount");
    expect(known?.metadata).toMatchObject({
      annotations: { "azure.workload.identity/client-id": "id-1" },
    });
  });

  test("the platform gives namespace, quota, defaults and policies where the manifests have none", () => {
    const { keys, objects } = unitOf({ manifests: deployment("web") }, "platform/retail");
    expect(keys).toEqual([
      "LimitRange/tenant-defaults",
      "Namespace/shop",
      "ResourceQuota/tenant-quota",
      "NetworkPolicy/default-deny",
    ]);
    expect(objects[1]?.metadata).toEqual({
      name: "shop",
      labels: {
        "app-id": "shop",
        "pod-security.kubernetes.io/enforce": "baseline",
        "pod-security.kubernetes.io/enforce-version": expect.stringMatching(/^v1\.\d+$/),
        "pod-security.kubernetes.io/warn": "restricted",
      },
    });
    expect(objects[2]?.spec).toEqual({ hard: { pods: "100", "requests.cpu": "10", "requests.memory": "20Gi" } });
  });

  test("memory limits are counted only where every container states one, with the headroom of requests", () => {
    const limited = deployment("web").replace("requests: {", "limits: {memory: 4Gi}, requests: {");
    expect(limited).toContain("limits");
    const { objects } = unitOf({ manifests: limited }, "platform/retail");
    const [range, , quota] = objects;
    expect(quota?.spec).toMatchObject({ hard: { "limits.memory": "80Gi", "requests.memory": "20Gi" } });
    expect(range?.spec).toMatchObject({ limits: [{ default: { memory: "256Mi" } }] });
    const [openRange] = unitOf({ manifests: deployment("web") }, "platform/retail").objects;
    expect(JSON.stringify(openRange?.spec)).not.toContain('"default"');
  });

  test("what the manifests define is not written twice", () => {
    const own = `apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {pod-security.kubernetes.io/enforce: restricted}}
---
apiVersion: v1
kind: ResourceQuota
metadata: {name: own}
spec: {hard: {pods: "9"}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: own}
spec: {podSelector: {}}
---
`;
    const { keys, objects } = unitOf({ manifests: deployment("web") + own }, "platform/retail");
    expect(keys).toEqual(["Namespace/shop", "ResourceQuota/own"]);
    expect(objects[0]?.metadata).toEqual({
      name: "shop",
      labels: { "app-id": "shop", "pod-security.kubernetes.io/enforce": "restricted" },
    });
  });

  test("a namespace is pinned to the pool that is dedicated to its application", () => {
    const cluster =
      ', {name: own, mode: User, vmSize: Standard_D8ds_v5, zones: ["1"], count: 1, labels: {dedication: shop}, taints: [{key: dedication, value: shop, effect: NoSchedule}]}';
    const { objects } = unitOf({ manifests: deployment("web"), cluster }, "platform/retail");
    expect(objects.find(({ kind }) => kind === "Namespace")?.metadata).toMatchObject({
      annotations: {
        "scheduler.alpha.kubernetes.io/node-selector": "dedication=shop",
        "scheduler.alpha.kubernetes.io/defaultTolerations":
          '[{"operator":"Equal","effect":"NoSchedule","key":"dedication","value":"shop"}]',
      },
    });
  });

  test("an own key gives storage classes, and walls around them in every other namespace", () => {
    const facts = { identities: {}, diskEncryptionSets: { shop: "/subscriptions/x/des" }, groups: {} };
    const more = document(
      "Application",
      "other",
      "{tenant: retail, environments: [prod], namespace: other, manifests: {default: ./shop}}",
    );
    const { objects, keys } = unitOf(
      { manifests: deployment("web"), application: ", class: confidential", more, facts },
      "platform/retail",
    );
    const classes = keys.filter((key) => key.startsWith("StorageClass/"));
    expect(classes).toEqual([
      "StorageClass/shop-azdisk-premium-lrs",
      "StorageClass/shop-azdisk-premium-zrs",
      "StorageClass/shop-azdisk-standardssd-zrs",
    ]);
    const walls = objects.filter((object) => objectKeyOf(object).name === "foreign-storage-classes");
    expect(walls.map((object) => objectKeyOf(object).namespace)).toEqual(["other"]);
    const keysOfWall = classes.map(
      (key) => `${key.slice("StorageClass/".length)}.storageclass.storage.k8s.io/persistentvolumeclaims`,
    );
    expect(walls[0]?.spec).toEqual({ hard: Object.fromEntries(keysOfWall.map((key) => [key, "0"])) });
  });

  test("names that would be refused are told at their line", () => {
    const refused = planOf({ manifests: deployment("Web_1") }).diagnostics.filter(({ code }) => code === "EST-950");
    expect(refused.map(({ message }) => message)).toEqual([
      expect.stringContaining("Kubernetes takes no Deployment of the name Web_1"),
    ]);
    expect(refused[0]?.place).toMatchObject({ source: "shop/all.yaml", line: 3 });
  });

  test("owners may look on in production once their group is known", () => {
    const facts = { identities: {}, diskEncryptionSets: {}, groups: { shops: "6f1c" } };
    const { objects } = unitOf({ manifests: deployment("web"), facts }, "platform/retail");
    expect(objects.find(({ kind }) => kind === "RoleBinding")).toMatchObject({
      roleRef: { kind: "ClusterRole", name: "view" },
      subjects: [{ kind: "Group", name: "6f1c" }],
    });
    const unknown = planOf({ manifests: deployment("web") }).diagnostics.find(({ code }) => code === "EST-952");
    expect(unknown?.message).toContain("The object id of group shops");
  });

  test("a trigger of KEDA on Azure gets the authentication that it names, and its target no second autoscaler", () => {
    const scaled = `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: web}
spec:
  scaleTargetRef: {name: web}
  maxReplicaCount: 12
  triggers:
    - {type: azure-servicebus, metadata: {namespace: bus, queueName: orders}, authenticationRef: {name: bus}}
    - {type: kafka, metadata: {topic: t}, authenticationRef: {name: brokers}}
`;
    const facts = { ...noFacts, identities: { shop: "11-22" } };
    const { objects, keys } = unitOf({ manifests: `${deployment("web")}${scaled}`, facts }, "apps/shop");
    expect(objects.find(({ kind }) => kind === "TriggerAuthentication")).toEqual({
      apiVersion: "keda.sh/v1alpha1",
      kind: "TriggerAuthentication",
      metadata: { name: "bus", namespace: "shop" },
      spec: { podIdentity: { provider: "azure-workload", identityId: "11-22" } },
    });
    expect(keys.filter((key) => /Autoscaler|Scaled|Trigger/.test(key))).toEqual([
      "ScaledObject/web",
      "TriggerAuthentication/bus",
    ]);
    const unknown = planOf({ manifests: `${deployment("web")}${scaled}` }).diagnostics.map(({ message }) => message);
    expect(unknown.join(" ")).toContain("The client id of the identity of shop is known only once");
  });

  test("a secret that would be in the open is told", () => {
    const secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {a: b}\n---\n";
    const codes = planOf({ manifests: deployment("web") + secret }).diagnostics.map(({ code }) => code);
    expect(codes).toContain("EST-951");
  });

  test("the platform may do what it needs in its own namespaces", () => {
    const manifests = deployment("agent").replace("name: agent,", "name: agent, namespace: monitoring,");
    const { objects } = unitOf(
      {
        manifests,
        more: document("Tenant", "platform", "{namespaces: [monitoring]}"),
        application: ", tenant: platform",
      },
      "platform/cluster",
    );
    const namespace = objects.find(({ kind }) => kind === "Namespace");
    expect(namespace).toEqual({ apiVersion: "v1", kind: "Namespace", metadata: { name: "monitoring" } });
  });

  describe("a declared canary", () => {
    const routed = `apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: 8080}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: public}
spec: {ingressClassName: nginx, rules: [{host: shop.example, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]}
---
`;
    const application = ", delivery: {strategy: canary, controller: flagger, steps: [5, 50]}";
    const controller = "], components: [{name: flagger, version: 1.41.0, namespace: flagger-system}";

    test("is steered by Flagger, which makes the Service and decides the replicas", () => {
      const { objects, keys } = unitOf(
        { manifests: deployment("web") + routed, application, cluster: controller },
        "apps/shop",
      );
      expect(keys).toEqual(["Deployment/web", "Canary/web", "Ingress/public", "PodDisruptionBudget/web"]);
      expect(objects[0]?.spec).not.toHaveProperty("replicas");
      expect(objects[1]?.spec).toMatchObject({
        provider: "nginx",
        ingressRef: { kind: "Ingress", name: "public" },
        service: { name: "web", port: 80, targetPort: 8080, portName: "http" },
        analysis: { stepWeights: [5, 50], maxWeight: 50, metrics: [{ name: "request-success-rate" }] },
      });
    });

    test("stays a rolling update where the cluster has no controller, or nothing splits the traffic", () => {
      const without = planOf({ manifests: deployment("web") + routed, application });
      expect(without.diagnostics.map(({ code }) => code)).toContain("EST-953");
      const load = `${application}, load: [{profile: LoadProfile/day, workload: shop/Deployment/web, perReplica: 1000}]`;
      const more = document(
        "LoadProfile",
        "day",
        '{unit: requestsPerSecond, shape: {base: 10, daily: {peak: 100, peakAt: "12:00"}}}',
      );
      const unrouted = planOf({ manifests: deployment("web"), application: load, more, cluster: controller });
      expect(unrouted.diagnostics.find(({ code }) => code === "EST-962")?.message).toContain("no Service leads to it");
    });

    test("is told to be without requests before the switch where it is blue/green by Flagger", () => {
      const told = (delivery: string) =>
        planOf({ manifests: deployment("web") + routed, application: delivery, cluster: controller })
          .diagnostics.filter(({ code }) => code === "EST-945")
          .map(({ message }) => message);
      expect(told(application)).toEqual([]);
      expect(told(application.replace("strategy: canary", "strategy: blueGreen"))).toEqual([
        expect.stringContaining("shop/Deployment/web only after the switch"),
      ]);
    });

    /** A journey through the way in, with an objective of its own. */
    const journey =
      ", entryPoints: [{name: front, workload: shop/Deployment/web, hostname: shop.example, exposure: public}], journeys: [{name: buy, entryPoint: front, objective: '99.95%'}]";
    const monitored = ", {name: kube-prometheus-stack, version: 80.0.0, namespace: monitoring}";

    test("is judged by the strictest objective, with the Prometheus of the cluster", () => {
      const { objects } = unitOf(
        { manifests: deployment("web") + routed, application: application + journey, cluster: controller + monitored },
        "apps/shop",
      );
      expect(objects.find(({ kind }) => kind === "Canary")?.spec).toMatchObject({
        analysis: {
          metrics: [
            { name: "success-rate", templateRef: { name: "web" }, thresholdRange: { min: 99.95 }, interval: "1m" },
          ],
        },
      });
      expect(objects.find(({ kind }) => kind === "MetricTemplate")?.spec).toEqual({
        provider: { type: "prometheus", address: "http://prometheus-operated.monitoring:9090" },
        query:
          '100 * sum(rate(nginx_ingress_controller_requests{namespace="{{ namespace }}", ingress="public", canary!="", status!~"5.*"}[{{ interval }}])) / sum(rate(nginx_ingress_controller_requests{namespace="{{ namespace }}", ingress="public", canary!=""}[{{ interval }}]))',
      });
    });

    describe("that Argo steers", () => {
      const argo = ", delivery: {strategy: canary, controller: argoRollouts, steps: [5, 50]}";
      const cluster = "], components: [{name: argo-rollouts, version: 1.8.0, namespace: argo-rollouts}";
      const rolloutOf = (given: Given) => {
        const { objects, keys } = unitOf(given, "apps/shop");
        return { keys, objects, spec: objects.find(({ kind }) => kind === "Rollout")?.spec };
      };

      test("splits the traffic of an Ingress between two Services, and is judged at each step", () => {
        const manifests = deployment("web") + routed;
        const given = { manifests, application: argo + journey, cluster: cluster + monitored };
        const { spec, keys, objects } = rolloutOf(given);
        expect(keys).toEqual(expect.arrayContaining(["AnalysisTemplate/web", "Service/web", "Service/web-canary"]));
        expect(spec).toMatchObject({
          replicas: 3,
          workloadRef: { kind: "Deployment", name: "web", scaleDown: "progressively" },
          strategy: {
            canary: {
              stableService: "web",
              canaryService: "web-canary",
              trafficRouting: { nginx: { stableIngress: "public" } },
              steps: [
                { setWeight: 5 },
                { analysis: { templates: [{ templateName: "web" }] } },
                { setWeight: 50 },
                { analysis: { templates: [{ templateName: "web" }] } },
              ],
            },
          },
        });
        const template = JSON.stringify(objects.find(({ kind }) => kind === "AnalysisTemplate"));
        expect(template).toContain("result[0] >= 0.9995");
      });

      test("waits where nothing counts requests", () => {
        const { spec } = rolloutOf({ manifests: deployment("web") + routed, application: argo, cluster });
        expect(spec).toMatchObject({
          strategy: { canary: { steps: [{ setWeight: 5 }, { pause: { duration: "5m" } }, {}, {}] } },
        });
      });

      test("is scaled itself where its load needs an autoscaler", () => {
        const load = ", load: [{profile: LoadProfile/day, workload: shop/Deployment/web, perReplica: 10}]";
        const more = document(
          "LoadProfile",
          "day",
          '{unit: requestsPerSecond, shape: {base: 10, daily: {peak: 100, peakAt: "12:00"}}}',
        );
        const given = { manifests: deployment("web") + routed, application: argo + load, cluster, more };
        const { spec, objects } = rolloutOf(given);
        expect(spec).not.toHaveProperty("replicas");
        expect(objects.find(({ kind }) => kind === "HorizontalPodAutoscaler")?.spec).toMatchObject({
          maxReplicas: 10,
          scaleTargetRef: { apiVersion: "argoproj.io/v1alpha1", kind: "Rollout", name: "web" },
        });
      });

      test("stays a rolling update where a step is less than a pod, and nothing routes", () => {
        const [service = ""] = routed.split("---\napiVersion: networking");
        const load = ", load: [{profile: LoadProfile/day, workload: shop/Deployment/web, perReplica: 100}]";
        const more = document("LoadProfile", "day", "{unit: requestsPerSecond, shape: {base: 10}}");
        const given = { manifests: deployment("web") + service, application: argo + load, cluster, more };
        const { diagnostics } = planOf(given);
        expect(diagnostics.find(({ code }) => code === "EST-962")?.message).toContain("a step of 5 % is less than one");
      });
    });
  });

  test("an object that one cluster would need in two forms is an error", () => {
    const storage = (sku: string) =>
      `apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: fast}\nprovisioner: disk.csi.azure.com\nparameters: {skuName: ${sku}}\n---\n`;
    const other = "{tenant: retail, environments: [prod], namespace: other, manifests: {default: ./other}}";
    const estate = givenTexts({
      "estate.yaml":
        document(
          "Cluster",
          "one",
          "{region: westeurope, environments: [prod], nodePools: [{name: system, mode: System, vmSize: Standard_D8ds_v5, count: 1}]}",
        ) +
        document("Tenant", "retail", "{owners: [{entraGroup: shops}]}") +
        document("Application", "shop", other.replaceAll("other", "shop")) +
        document("Application", "twin", other),
      "shop/a.yaml": deployment("web") + storage("Premium_LRS"),
      "other/a.yaml": deployment("web"),
    });
    const [first] = estate.objects.filter(({ object }) => object.kind === "StorageClass");
    expect(first).toBeDefined();
    const second =
      first === undefined
        ? []
        : [{ ...first, object: { ...first.object, value: { ...first.object.value, parameters: {} } } }];
    const plan = deliveryUnits(
      { ...estate, objects: [...estate.objects, ...second] },
      { networkPolicies: new Map(), objectiveRules: new Map(), facts: new Map() },
    );
    expect(plan.diagnostics.map(({ code }) => code)).toContain("EST-963");
  });

  test("nothing to deliver is an error", () => {
    const estate = givenTexts({ "estate.yaml": document("Estate", "e", "{complete: true}") });
    const plan = deliveryUnits(estate, { networkPolicies: new Map(), objectiveRules: new Map(), facts: new Map() });
    expect(plan.diagnostics.map(({ code }) => code)).toEqual(["EST-960"]);
  });

  test("manifests alone are delivered by namespace", () => {
    const estate = givenTexts({
      "all.yaml": deployment("web").replace("{name: web,", "{name: web, namespace: front,"),
    });
    const plan = deliveryUnits(estate, { networkPolicies: new Map(), objectiveRules: new Map(), facts: new Map() });
    expect(plan.units.map(({ tree, name }) => `${tree}/${name}`)).toEqual(["apps/front", "platform/front"]);
  });
});
