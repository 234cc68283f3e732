import { z } from "@hono/zod-openapi";

export const problemSchema = z
  .object({
    type: z.literal("about:blank"),
    status: z.int(),
    code: z.string().openapi({ example: "no-estate" }),
    title: z.string().openapi({ description: "One sentence." }),
    hint: z.string().optional().openapi({ description: "What to do about it." }),
  })
  .openapi("Problem", { description: "RFC 9457 problem document." });

export const assessmentSchema = z
  .looseObject({
    apiVersion: z.literal("scantling/v1alpha1"),
    kind: z.literal("Assessment"),
  })
  .openapi("Assessment", {
    description:
      "The report that `scantling assess -o json` prints; its whole schema is published under `schemas/` and printed by `scantling schema Assessment`.",
  });

/** A report that a command prints as JSON. */
export function reportSchema(kind: string, command: string) {
  return z.looseObject({ apiVersion: z.literal("scantling/v1alpha1"), kind: z.literal(kind) }).openapi(kind, {
    description: `The report that \`scantling ${command} -o json\` prints; its whole schema is published under \`schemas/\`.`,
  });
}

export const figureSchema = z
  .looseObject({
    id: z.string().openapi({ example: "cost/monthly/total" }),
    label: z.string(),
    unit: z.string().openapi({ example: "EUR/month" }),
    result: z.looseObject({ kind: z.enum(["exact", "range", "bounds", "interval", "notEvaluable"]) }),
    reasons: z.array(
      z.looseObject({ kind: z.enum(["formula", "fact", "declared", "assumption", "measurement", "figure"]) }),
    ),
  })
  .openapi("Figure", { description: "A number with the tree of reasons that it stands on." });

const textsSchema = z
  .record(z.string().min(1), z.string())
  .openapi({ description: "Texts by path, forward slashes.", example: { "shop/web.yaml": "apiVersion: apps/v1\n…" } });

export const sourcesSchema = z.object({ texts: textsSchema }).openapi("Sources");

export const assessBodySchema = z
  .object({ texts: textsSchema })
  .openapi("AssessBody", { description: "Manifests and Scantling documents to assess; nothing is stored." });

export const healthSchema = z.object({ status: z.literal("ok") }).openapi("Health");
