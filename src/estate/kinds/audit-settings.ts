import * as z from "zod";
import { dateText, namespaceName } from "./field-formats.ts";

const ruleReference = z
  .string()
  .regex(/^(AVL|TEN|FIN|GIT|AKS|STA)-\d{3}(\.\d+)?$/, { error: "a rule id such as TEN-008 or AVL-007.4" });

/** A rule that is not held against some objects, for a time, as Tenants and the Estate write it. */
export const exemption = z.strictObject({
  rule: ruleReference.describe("Rule that is not held against them."),
  selector: z
    .strictObject({
      namespace: namespaceName.optional().describe("Only objects of this namespace."),
      kind: z.string().min(1).optional().describe("Only objects of this kind."),
      name: z.string().min(1).optional().describe("Only objects of this name."),
      container: z.string().min(1).optional().describe("Only containers of this name."),
      environment: z.string().min(1).optional().describe("Only this environment."),
      labels: z.record(z.string(), z.string()).optional().describe("Only objects that carry all these labels."),
    })
    .optional()
    .describe("What it covers; everything when left out."),
  reason: z.string().min(1).describe("Why it is right to exempt."),
  owner: z.string().min(1).describe("Who answers for it."),
  until: dateText.describe("Last day on which it holds, YYYY-MM-DD."),
});

const severity = z.enum(["critical", "high", "medium", "low", "info", "none"]);

const ruleSetting = z.strictObject({
  enabled: z.boolean().optional().describe("False: the rule, or the sub-verdict, says nothing."),
  severity: z
    .union([
      severity,
      z.strictObject({
        high: severity.optional().describe("In environments of high criticality."),
        medium: severity.optional().describe("In environments of medium criticality."),
        low: severity.optional().describe("In environments of low criticality."),
      }),
    ])
    .optional()
    .describe("Severity in every environment, or by its criticality; none: says nothing there."),
  parameters: z
    .record(z.string(), z.union([z.number(), z.boolean(), z.string()]))
    .optional()
    .describe("Values of the rule's parameters, by name; its page lists them."),
});

/** `Estate.spec.audit`. */
export const auditSettings = z.strictObject({
  profile: z.string().min(1).optional().describe("Named set of rules: baseline, default or strict."),
  rules: z
    .record(ruleReference, ruleSetting)
    .optional()
    .describe("What is changed about rules, by id such as AVL-007, or about sub-verdicts such as AVL-007.5."),
  exemptions: z.array(exemption).optional().describe("Audit rules that are not held against some objects, for a time."),
});

export type ExemptionDocument = z.infer<typeof exemption>;
export type RuleSettingDocument = z.infer<typeof ruleSetting>;
