/** Tools that check something of the same. */
export const peerTools = [
  "kube-linter",
  "kube-score",
  "polaris",
  "kubescape",
  "trivy",
  "checkov",
  "datree",
  "kyverno",
  "gatekeeper",
  "pod-security-admission",
  "psrule-azure",
  "aprl",
  "review-checklists",
  "the-aks-checklist",
  "kube-bench",
  "mtb",
  "capsule",
] as const;

export type PeerTool = (typeof peerTools)[number];

/** A check of another tool that a rule covers. */
export interface PeerCheck {
  readonly tool: PeerTool;
  /** The tool's own id of it, as its ignore annotations name it. */
  readonly check: string;
  /** Sub-verdict that it stands for; the whole rule when left out. */
  readonly part?: string;
}
