import type { PeerCheck } from "../peer-check.ts";
import type { Rule, RuleOutcome } from "../rule.ts";
import type { IgnoredCheck } from "./tool-annotations.ts";

/** Whether a check of another tool that is to be ignored stands for this outcome of the rule. */
export function coversOutcome(ignored: IgnoredCheck, rule: Rule, { part }: Pick<RuleOutcome, "part">): boolean {
  return (rule.peers ?? []).some(
    (peer) =>
      peer.tool === ignored.tool &&
      (ignored.check === undefined || isSameCheck(peer, ignored.check)) &&
      (peer.part === undefined || peer.part === part),
  );
}

/** Whether any rule covers the check at all. */
export function isCovered(ignored: IgnoredCheck, rules: readonly Rule[]): boolean {
  return rules.some((rule) =>
    (rule.peers ?? []).some(
      (peer) => peer.tool === ignored.tool && (ignored.check === undefined || isSameCheck(peer, ignored.check)),
    ),
  );
}

function isSameCheck({ check }: PeerCheck, ignored: string): boolean {
  return normalized(check) === normalized(ignored);
}

/** Trivy has written its Kubernetes checks KSV014, KSV-0014 and AVD-KSV-0014; elsewhere only the case varies. */
function normalized(check: string): string {
  return check.toLowerCase().replace(/^(?:avd-)?ksv-?0*(\d+)$/, "ksv$1");
}
