import type { PeerCheck, PeerTool } from "../../peer-check.ts";

/** Checks of other tools by the sub-verdict that they stand for. */
const checksByPart: { readonly [part: string]: { readonly [tool in PeerTool]?: readonly string[] } } = {
  "1": {
    "kube-linter": ["privileged-container"],
    "kube-score": ["container-security-context-privileged"],
    polaris: ["runAsPrivileged"],
    kubescape: ["C-0057"],
    trivy: ["KSV-0017"],
    checkov: ["CKV_K8S_16"],
    kyverno: ["disallow-privileged-containers"],
    gatekeeper: ["K8sPSPPrivilegedContainer"],
  },
  "2": {
    "kube-linter": ["host-network", "host-pid", "host-ipc"],
    polaris: ["hostNetworkSet", "hostPIDSet", "hostIPCSet"],
    kubescape: ["C-0038", "C-0041"],
    trivy: ["KSV-0008", "KSV-0009", "KSV-0010"],
    checkov: ["CKV_K8S_17", "CKV_K8S_18", "CKV_K8S_19"],
    kyverno: ["disallow-host-namespaces"],
    gatekeeper: ["K8sPSPHostNamespace"],
  },
  "3": {
    polaris: ["hostPathSet"],
    kubescape: ["C-0048"],
    trivy: ["KSV-0023"],
    kyverno: ["disallow-host-path"],
    gatekeeper: ["K8sPSPHostFilesystem"],
  },
  "4": {
    polaris: ["hostPortSet"],
    kubescape: ["C-0044"],
    trivy: ["KSV-0024"],
    checkov: ["CKV_K8S_26"],
    kyverno: ["disallow-host-ports"],
  },
  "5": {
    polaris: ["dangerousCapabilities"],
    kubescape: ["C-0046"],
    trivy: ["KSV-0022"],
    checkov: ["CKV_K8S_25"],
    kyverno: ["disallow-capabilities"],
    gatekeeper: ["K8sPSPCapabilities"],
  },
  "6": { polaris: ["hostProcess"], trivy: ["KSV-0103"], kyverno: ["disallow-host-process"] },
  "7": { trivy: ["KSV-0002"], kyverno: ["restrict-apparmor-profiles"], gatekeeper: ["K8sPSPAppArmor"] },
  "8": { trivy: ["KSV-0025"], kyverno: ["disallow-selinux"], gatekeeper: ["K8sPSPSELinuxV2"] },
  "9": {
    "kube-linter": ["unsafe-proc-mount"],
    polaris: ["procMount"],
    trivy: ["KSV-0027"],
    kyverno: ["disallow-proc-mount"],
    gatekeeper: ["K8sPSPProcMount"],
  },
  "10": { trivy: ["KSV-0104"], kyverno: ["restrict-seccomp"], gatekeeper: ["K8sPSPSeccomp"] },
  "11": {
    "kube-linter": ["unsafe-sysctls"],
    trivy: ["KSV-0026"],
    kyverno: ["restrict-sysctls"],
    gatekeeper: ["K8sPSPForbiddenSysctls"],
  },
  "13": { trivy: ["KSV-0028"], kyverno: ["restrict-volume-types"], gatekeeper: ["K8sPSPVolumeTypes"] },
  "14": {
    "kube-linter": ["privilege-escalation-container"],
    polaris: ["privilegeEscalationAllowed"],
    kubescape: ["C-0016"],
    trivy: ["KSV-0001"],
    checkov: ["CKV_K8S_20"],
    kyverno: ["disallow-privilege-escalation"],
    gatekeeper: ["K8sPSPAllowPrivilegeEscalationContainer"],
  },
  "15": {
    "kube-linter": ["run-as-non-root"],
    polaris: ["runAsRootAllowed"],
    kubescape: ["C-0013"],
    trivy: ["KSV-0012"],
    checkov: ["CKV_K8S_23"],
    kyverno: ["require-run-as-nonroot"],
  },
  "16": { trivy: ["KSV-0105"], kyverno: ["require-run-as-non-root-user"] },
  "17": { trivy: ["KSV-0030"], checkov: ["CKV_K8S_31"], kyverno: ["restrict-seccomp-strict"] },
  "18": {
    polaris: ["insecureCapabilities"],
    trivy: ["KSV-0106"],
    checkov: ["CKV_K8S_37"],
    kyverno: ["disallow-capabilities-strict"],
  },
};

export const podSecurityPeers: readonly PeerCheck[] = Object.entries(checksByPart).flatMap(([part, byTool]) =>
  Object.entries(byTool).flatMap(([tool, checks]) =>
    checks.map((check): PeerCheck => ({ tool: tool as PeerTool, check, part })),
  ),
);
