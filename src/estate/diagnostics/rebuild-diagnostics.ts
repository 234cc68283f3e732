import type { DiagnosticRule } from "./diagnostic-rule.ts";
import { shorten } from "./wording.ts";

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

export const rebuildDiagnosticRules = [applicationsInCircle, rebuildSizeUnknown] as const;
