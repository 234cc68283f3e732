import * as z from "zod";
import { peerTools } from "../../audit/peer-check.ts";
import type { Rule } from "../../audit/rule.ts";
import { rules } from "../../audit/rules/rules.ts";
import { auditProfiles } from "../../audit/settings/profiles.ts";
import type { JsonSchema } from "../../estate/kinds/json-schemas.ts";

const severity = z.enum(["critical", "high", "medium", "low", "info"]).optional();
const parameterValue = z.union([z.string(), z.number(), z.boolean()]);

const AuditRulesSchema = z
  .strictObject({
    apiVersion: z.literal("scantling/v1alpha1").describe("Version of the format."),
    kind: z.literal("AuditRules").describe("Kind of the document."),
    rules: z
      .array(
        z.strictObject({
          id: z.string().describe("Id; never changes and is never reused."),
          name: z.string().describe("Name."),
          title: z.string().describe("What holds when it passes."),
          severity: z
            .strictObject({
              high: severity.describe("In production."),
              medium: severity.describe("Before production."),
              low: severity.describe("In development."),
            })
            .describe("Severity by criticality of the environment; absent where it does not apply."),
          inputs: z.array(z.string()).describe("What it judges from."),
          peers: z
            .array(
              z.strictObject({
                tool: z.enum(peerTools).describe("Tool."),
                check: z.string().describe("The tool's id of the check."),
                part: z.string().optional().describe("Sub-verdict that it stands for."),
              }),
            )
            .describe("The same check in other tools."),
          parameters: z
            .array(
              z.strictObject({
                name: z.string().describe("Name."),
                description: z.string().describe("What it decides."),
                default: parameterValue.describe("Value where nothing is said."),
                strict: parameterValue.optional().describe("Value under profile strict."),
                allowed: z.array(parameterValue).optional().describe("All values that mean something."),
              }),
            )
            .describe("What the Estate may set."),
          page: z.string().describe("Its page, from the root of the project."),
        }),
      )
      .describe("Every rule, in order of table and id."),
    profiles: z
      .array(
        z.strictObject({
          name: z.string().describe("Name."),
          description: z.string().describe("What it is for."),
          rules: z.int().nonnegative().describe("Rules that it holds in production."),
        }),
      )
      .describe("Named sets of rules."),
  })
  .describe("The audit rules there are.");

export type AuditRules = z.infer<typeof AuditRulesSchema>;

/** JSON Schema of the list (draft-07). */
export function auditRulesJsonSchema(): JsonSchema {
  return { title: "Scantling AuditRules", ...z.toJSONSchema(AuditRulesSchema, { target: "draft-7" }) };
}

/** Every rule and profile, as `audit --list` prints them and the reference describes them. */
export function listAuditRules(): AuditRules {
  return {
    apiVersion: "scantling/v1alpha1",
    kind: "AuditRules",
    rules: rules.map(describeRule),
    profiles: auditProfiles.map(({ name, description, severity: severityOf }) => ({
      name,
      description,
      rules: rules.filter((rule) => severityOf(rule, "high") !== undefined).length,
    })),
  };
}

function describeRule({
  id,
  name,
  title,
  severity: { high, medium, low },
  inputs,
  ...rule
}: Rule): AuditRules["rules"][number] {
  return {
    id,
    name,
    title,
    severity: {
      ...(high === undefined ? {} : { high }),
      ...(medium === undefined ? {} : { medium }),
      ...(low === undefined ? {} : { low }),
    },
    inputs: [...inputs],
    peers: (rule.peers ?? []).map((peer) => ({ ...peer })),
    parameters: (rule.parameters ?? []).map(({ allowed, ...parameter }) => ({
      ...parameter,
      ...(allowed === undefined ? {} : { allowed: [...allowed] }),
    })),
    page: `src/audit/rules/${id}/README.md`,
  };
}
