import type { RuleAdmission } from "../../admission-policies/admission-check.ts";
import { celList } from "../../admission-policies/cel-literals.ts";
import { sensitivePaths } from "./sensitive-paths.ts";

export const nodeFilesAdmission: RuleAdmission = {
  checks: [
    {
      part: "1",
      on: "podTemplates",
      scope: "tenants",
      expression:
        "variables.podSpec.?volumes.orValue([]).filter(v, has(v.hostPath)).all(v, variables.containers.all(c, c.?volumeMounts.orValue([]).all(m, m.name != v.name || m.?readOnly.orValue(false))))",
      message: "Pods must not write to directories of their node.",
    },
    {
      part: "2",
      on: "podTemplates",
      scope: "tenants",
      expression: `variables.hostPaths.all(p, !${celList(sensitivePaths)}.exists(s, p == s || p == '/' || p.startsWith(s + '/') && s != '/' || s.startsWith(p + '/')))`,
      message: "Pods must not mount directories that give away their node.",
    },
    {
      part: "3",
      on: "podTemplates",
      scope: "tenants",
      expression:
        "size(variables.hostPaths) == 0 || !variables.podSpec.?runtimeClassName.orValue('').matches('^kata(-|$)')",
      message: "Sandboxed pods must not mount directories of their node.",
    },
  ],
};
