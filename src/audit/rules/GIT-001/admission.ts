import type { RuleAdmission } from "../../admission-policies/admission-check.ts";

export const imageAdmission: RuleAdmission = {
  checks: [
    {
      part: "1",
      on: "podTemplates",
      // A colon before a slash is that of a port.
      expression:
        "variables.containers.all(c, c.image.contains('@') || c.image.matches(':[^/:]+$') && !c.image.endsWith(':latest'))",
      message: "Images must name a version: a tag other than latest, or a digest.",
    },
  ],
};
