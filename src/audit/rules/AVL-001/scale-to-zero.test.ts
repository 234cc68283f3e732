import { expect, test } from "vitest";
import { auditTexts, bareDeployment } from "../../testing/audit-texts.ts";

const toZero = `---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: web, namespace: shop}
spec: {scaleTargetRef: {name: web}, minReplicaCount: 0, maxReplicaCount: 5, triggers: [{type: cron, metadata: {}}]}
`;
const service = `---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;

function floors(text: string): readonly string[] {
  const { findings } = auditTexts({ "shop.yaml": text });
  return findings
    .filter(({ rule, verdict }) => verdict === "fail" && ["AVL-001.1", "AVL-023.2"].includes(rule))
    .map(({ rule, severity }) => `${rule} ${severity}`)
    .toSorted();
}

test("a worker that starts on demand weighs less than a server that does, and no floor weighs twice", () => {
  const web = bareDeployment("web");
  expect(floors(web + toZero)).toEqual(["AVL-001.1 low", "AVL-023.2 low"]);
  expect(floors(web + toZero + service)).toEqual(["AVL-001.1 high", "AVL-023.2 low"]);
  expect(floors(web + toZero.replace("minReplicaCount: 0", "minReplicaCount: 1"))).toEqual([
    "AVL-001.1 high",
    "AVL-023.2 low",
  ]);
});

test("what is switched off is said, and alarms nobody", () => {
  const { findings } = auditTexts({ "shop.yaml": bareDeployment("web").replace("replicas: 1", "replicas: 0") });
  const [finding] = findings.filter(({ rule }) => rule === "AVL-001.1");
  expect(finding?.severity).toBe("info");
  expect(finding?.message).toContain("spec.replicas 0");
});
