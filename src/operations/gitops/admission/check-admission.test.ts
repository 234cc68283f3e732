import { describe, expect, test } from "vitest";
import { document, givenTexts } from "../../../estate/testing/given-texts.ts";
import { deliveryUnits } from "../../../gitops/delivery/delivery-units.ts";
import { generatedPolicies } from "../delivery-additions.ts";
import { checkAdmission } from "./check-admission.ts";

const hardened =
  "securityContext: {allowPrivilegeEscalation: false, runAsNonRoot: true, capabilities: {drop: [ALL]}, seccompProfile: {type: RuntimeDefault}}";
const sizes = "resources: {requests: {cpu: 500m, memory: 512Mi}, limits: {memory: 512Mi}}";

interface Given {
  readonly container?: string;
  readonly tenant?: string;
  readonly beside?: string;
}

/** Three replicas of one container in namespace `labels` of a partner, with what stands beside them. */
function complaints({ container = `${hardened}, ${sizes}`, tenant = "trust: external", beside = "" }: Given) {
  const estate = givenTexts({
    "estate.yaml": [
      document("Estate", "small", "{regions: [{name: westeurope}], environments: [{name: prod, criticality: high}]}"),
      document("Cluster", "prod-weu", "{region: westeurope, environments: [prod], network: {policyEngine: cilium}}"),
      document("Tenant", "partner", `{namespaces: [labels], ${tenant}}`),
      document("Application", "labels", "{tenant: partner, namespace: labels, manifests: {prod: app.yaml}}"),
    ].join(""),
    "app.yaml": `${beside}${deployment("web", container)}`,
  });
  const inputs = { networkPolicies: generatedPolicies(estate), objectiveRules: new Map(), facts: new Map() };
  return checkAdmission(estate, deliveryUnits(estate, inputs).units);
}

function deployment(name: string, container: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: labels}
spec:
  replicas: 3
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {containers: [{name: ${name}, image: "registry.example/${name}:1", ${container}}]}
---
`;
}

function object(kind: string, spec: string, apiVersion = "v1"): string {
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: own, namespace: labels}\nspec: ${spec}\n---\n`;
}

const namespace = (level: string) =>
  `apiVersion: v1\nkind: Namespace\nmetadata: {name: labels, labels: {pod-security.kubernetes.io/enforce: ${level}}}\n---\n`;

describe("what is rendered would run", () => {
  test("pods that fit everything around them are no problem", () => {
    expect(complaints({ tenant: "trust: external, quota: {cpu: 1500m, memory: 1536Mi}" })).toEqual([]);
  });

  test.each<[what: string, given: Given, code: string, words: string]>([
    ["a derived level that pods do not meet", { container: sizes }, "EST-940", "enforces restricted"],
    ["a declared level", { container: sizes, beside: namespace("restricted") }, "EST-942", "enforces restricted"],
    [
      "a request above its limit",
      { container: `${hardened}, resources: {requests: {memory: 1Gi}, limits: {memory: 512Mi}}` },
      "EST-940",
      "requests 1 GiB of memory and may use 512 MiB",
    ],
    [
      "a maximum below the limit",
      { beside: object("LimitRange", "{limits: [{type: Container, max: {memory: 256Mi}}]}") },
      "EST-942",
      "may use 512 MiB of memory, and LimitRange own allows 256 MiB",
    ],
    [
      "a minimum above the request, for the whole pod",
      { beside: object("LimitRange", "{limits: [{type: Pod, min: {cpu: 1}}]}") },
      "EST-942",
      "a pod requests 500m of CPU, and LimitRange own asks for 1",
    ],
    [
      "a quota that counts what no container states",
      { beside: object("ResourceQuota", "{hard: {limits.cpu: 8}}") },
      "EST-942",
      "ResourceQuota own counts the CPU limits, and container web states none",
    ],
    [
      "a quota below what all ask for",
      { beside: object("ResourceQuota", "{hard: {requests.cpu: 1}}") },
      "EST-961",
      "gives requests.cpu: 1, and its workloads on prod-weu may come to ask for 1.5",
    ],
    [
      "a quota below what the autoscaler may ask for",
      {
        beside: [
          object("ResourceQuota", "{hard: {pods: 5}}"),
          object(
            "HorizontalPodAutoscaler",
            "{scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, minReplicas: 3, maxReplicas: 9}",
            "autoscaling/v2",
          ),
        ].join(""),
      },
      "EST-961",
      "gives pods: 5, and its workloads on prod-weu may come to ask for 9",
    ],
  ])("%s is told", (_what, given, code, words) => {
    const found = complaints(given);
    expect(found.map((each) => each.code)).toEqual([code]);
    expect(found[0]?.message).toContain(words);
    expect(found[0]?.place?.source).toBe("app.yaml");
  });

  test("a quota of a tenant that is too small stands at the tenant", () => {
    const found = complaints({ tenant: "trust: external, quota: {cpu: 1}" });
    expect(found.map(({ code, place }) => `${code} ${place?.source}`)).toEqual(["EST-961 estate.yaml"]);
  });

  test("a scoped quota speaks of other pods", () => {
    expect(complaints({ beside: object("ResourceQuota", "{hard: {pods: 1}, scopes: [BestEffort]}") })).toEqual([]);
  });

  test("a call that policies of the manifests cut off is told, one that generated policies leave open is not", () => {
    const called = deployment("db", `${hardened}, ${sizes}, ports: [{containerPort: 5432}]`);
    const service = `apiVersion: v1\nkind: Service\nmetadata: {name: db, namespace: labels}\nspec: {selector: {app: db}, ports: [{port: 5432}]}\n---\n`;
    const container = `${hardened}, ${sizes}, env: [{name: DATABASE_URL, value: "postgres://db:5432/labels"}]`;
    expect(complaints({ container, beside: called + service })).toEqual([]);
    const deny = object("NetworkPolicy", "{podSelector: {}, policyTypes: [Ingress]}", "networking.k8s.io/v1");
    const found = complaints({ container, beside: called + service + deny });
    expect(found.map(({ message }) => message)).toEqual([
      "labels/Deployment/web calls labels/Deployment/db on TCP 5432 (DATABASE_URL=postgres://db:5432), and the network policies on prod-weu do not let it through.",
    ]);
  });
});
