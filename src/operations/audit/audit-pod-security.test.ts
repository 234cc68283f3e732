import { expect, test } from "vitest";
import { parsePolicy } from "../../audit/pod-security/pod-security-policy.ts";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { loadEstate } from "../../estate/load-estate.ts";
import { memorySources } from "../../estate/sources/memory-sources.ts";
import { auditPodSecurity } from "./audit-pod-security.ts";

const pod = `apiVersion: v1
kind: Pod
metadata: {name: agent, namespace: kube-system}
spec:
  hostNetwork: true
  containers:
    - {name: agent, image: "example.azurecr.io/agent:1.0.0", securityContext: {allowPrivilegeEscalation: false}}
    - name: helper
      image: example.azurecr.io/helper:1.0.0
      securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
`;

function controlsOf(text: string): readonly (string | undefined)[] {
  const policy = parsePolicy(text);
  if (policy === undefined) throw new Error(`${text} is no policy`);
  const estate = loadEstate(memorySources({ "pod.yaml": pod }));
  const { findings } = auditPodSecurity(estate, defaultCatalog, policy, { today: "2026-11-22" });
  return findings.map(({ rule, container, control }) => [rule, container, control].join(" ")).toSorted();
}

test("one policy holds for every pod, those of the platform too, and nothing else is said", () => {
  expect(controlsOf("baseline@v1.33")).toEqual(["TEN-008.2  hostNamespaces"]);
  expect(controlsOf("restricted@v1.33")).toEqual([
    "TEN-008.15  runAsNonRoot",
    "TEN-008.17  seccompProfile_restricted",
    "TEN-008.18 agent capabilities_restricted",
    "TEN-008.2  hostNamespaces",
  ]);
  expect(controlsOf("privileged@latest")).toEqual([]);
});

test("a version before a check came in does not ask for it", () => {
  expect(controlsOf("restricted@v1.18")).toEqual(["TEN-008.15  runAsNonRoot", "TEN-008.2  hostNamespaces"]);
});
