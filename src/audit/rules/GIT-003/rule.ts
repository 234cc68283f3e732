import type { Diagnostic } from "../../../estate/diagnostics/diagnostic.ts";
import { builtInTypeName, builtInTypesVersion } from "../../../estate/kubernetes/built-in-types.ts";
import { checkFieldTypes } from "../../../estate/kubernetes/check-field-types.ts";
import { formatFieldPath } from "../../../estate/kubernetes/field-path.ts";
import { apiGroup } from "../../../estate/kubernetes/group-kind.ts";
import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import type { Estate, PlacedObject } from "../../../estate/model/estate.ts";
import { lookupOf } from "../../estate-lookup/estate-lookup.ts";
import { objectOutcome } from "../../estate-lookup/object-outcome.ts";
import { quietPass } from "../../estate-lookup/quiet-pass.ts";
import { holdsVariable } from "../../estate-lookup/unresolved.ts";
import { editFix } from "../../fixes/manifest-fix.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";
import { declaredSchemas } from "../../schemas/declared-schemas.ts";
import { schemaProblems } from "../../schemas/structural-schema.ts";

/** GIT-003: the API server takes every field as it is written. */
export const schemaValid: Rule = {
  id: "GIT-003",
  name: "schema-valid",
  title: "Every field of every manifest, custom resources too, is known to its schema and of its type.",
  severity: { high: "high", medium: "high", low: "medium" },
  inputs: ["manifests"],
  peers: [{ tool: "kube-linter", check: "schema-validation" }],
  judges: "objects",
  *evaluate({ estate }) {
    const schemas = declaredSchemas(estate);
    for (const placed of lookupOf(estate).objects.objects) {
      const { apiVersion, kind } = placed.object;
      const schema = schemas.get(`${apiVersion} ${kind}`);
      if (schema !== undefined) yield* judgeCustom(estate, placed, schema);
      else if (builtInTypeName(apiVersion, kind) !== undefined) yield* judgeBuiltIn(estate, placed);
      else yield unknownKind(estate, placed);
    }
  },
};

function* judgeBuiltIn(estate: Estate, placed: PlacedObject): Iterable<RuleOutcome> {
  const problems = checkFieldTypes(placed.object);
  if (problems.length === 0) yield quietPass(placed);
  for (const problem of problems) yield fieldOutcome(estate, placed, problem);
}

/** Codes of what was written with a variable are not known before it is replaced. */
function fieldOutcome(estate: Estate, placed: PlacedObject, { message, hint, place }: Diagnostic): RuleOutcome {
  const said = { ...(place === undefined ? {} : { place }), message };
  // The field stands in the message only, and tells findings of one object apart.
  const path = /^(?:The label selector )?(\S+) /.exec(message)?.[1] ?? "";
  if (message.includes("${")) {
    return {
      ...objectOutcome(estate, placed, { verdict: "notEvaluable", missing: ["unresolved-variable"], ...said }),
      path,
    };
  }
  const fix = { description: hint ?? "Write the field as its type wants it." };
  return { ...objectOutcome(estate, placed, { verdict: "fail", ...said, fix }), path };
}

function* judgeCustom(estate: Estate, placed: PlacedObject, schema: JsonObject): Iterable<RuleOutcome> {
  const problems = schemaProblems(placed.object.value, schema);
  if (problems.length === 0) yield quietPass(placed);
  const { kind, name, value } = placed.object;
  for (const { path, problem } of problems) {
    const isUnknown = problem === "is not in the schema";
    const field = formatFieldPath(path);
    const verdict = holdsVariable(value) ? "notEvaluable" : "fail";
    yield objectOutcome(estate, placed, {
      verdict,
      ...(verdict === "fail" ? {} : { missing: ["unresolved-variable"] }),
      field: path,
      message: `${kind} ${name}: ${field === "" ? "the object" : field} ${problem} of its CustomResourceDefinition${isUnknown ? ", so the API server drops it" : ""}.`,
      fix: isUnknown
        ? editFix("Take the field away, or correct its name.", placed, [{ path, value: undefined }])
        : { description: "Write the field as the CustomResourceDefinition wants it." },
    });
  }
}

/** Groups of Kubernetes itself that are not among its ordinary types. */
const servedByPlugins = new Set(["apiextensions.k8s.io", "apiregistration.k8s.io"]);

function unknownKind(estate: Estate, placed: PlacedObject): RuleOutcome {
  const { apiVersion, kind } = placed.object;
  return objectOutcome(estate, placed, {
    verdict: "notEvaluable",
    missing: ["unknown-kind"],
    field: ["apiVersion"],
    message: servedByPlugins.has(apiGroup(apiVersion))
      ? `${kind} of ${apiVersion} is not in the table of types of Kubernetes ${builtInTypesVersion}.`
      : `No schema of ${kind} in ${apiVersion} is at hand; its CustomResourceDefinition beside the manifests would give it.`,
  });
}
