import type { DiagnosticRule } from "./diagnostic-rule.ts";
import { shorten } from "./wording.ts";

export const nothingToRebuild: DiagnosticRule<{ readonly subject: string }> = {
  code: "EST-845",
  name: "nothing-to-rebuild",
  severity: "warning",
  message: ({ subject }) => `${subject} has no cluster, so there is nothing to rebuild.`,
  hint: () => "Declare the clusters as Cluster documents.",
};

export const applicationsInCircle: DiagnosticRule<{
  readonly cluster: string;
  readonly applications: readonly string[];
}> = {
  code: "EST-846",
  name: "applications-in-circle",
  severity: "warning",
  message: ({ cluster, applications }) =>
    `On ${shorten(cluster)} ${applications.map(shorten).join(" and ")} need one another: after a rebuild neither is ready before the other is.`,
  hint: () => "Let one of them start without the other; the timeline takes it that they start side by side.",
};

export const rebuildSizeUnknown: DiagnosticRule<{ readonly volume: string }> = {
  code: "EST-847",
  name: "rebuild-size-unknown",
  severity: "warning",
  message: ({ volume }) => `The size of ${shorten(volume)} is not known, so the time to restore it is not evaluable.`,
  hint: () =>
    "State resources.requests.storage of the claim; until then the timeline has the start of the restore only.",
};

export const rebuildDiagnosticRules = [nothingToRebuild, applicationsInCircle, rebuildSizeUnknown] as const;
