import type { RuleAdmission } from "../../admission-policies/admission-check.ts";

// A colon before a slash is that of a port.
const hasVersion = "c.image.matches(':[^/:]+$') && !c.image.endsWith(':latest')";

export const imageAdmission: RuleAdmission = {
  checks: [
    {
      part: "1",
      on: "podTemplates",
      expression: `variables.containers.all(c, c.image.contains('@') || ${hasVersion})`,
      message: "Images must name a version: a tag other than latest, or a digest.",
    },
    {
      part: "2",
      on: "podTemplates",
      when: { parameter: "digest", value: "required" },
      severity: "medium",
      expression: `variables.containers.all(c, c.image.contains('@') || !(${hasVersion}))`,
      message: "Images should name a digest beside their version.",
    },
  ],
};
