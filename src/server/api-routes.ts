import { createRoute, z } from "@hono/zod-openapi";
import type { ReportName } from "../operations/named-reports.ts";
import {
  assessBodySchema,
  assessmentSchema,
  figureSchema,
  healthSchema,
  problemSchema,
  reportSchema,
  sourcesSchema,
} from "./api-schemas.ts";

function json<Schema extends z.ZodType>(description: string, schema: Schema) {
  return { description, content: { "application/json": { schema } } };
}

function problem(description: string) {
  return { description, content: { "application/problem+json": { schema: problemSchema } } };
}

export const assessmentRoute = createRoute({
  method: "get",
  path: "/api/assessment",
  summary: "The assessment of the served estate; its files are read again.",
  responses: { 200: json("The assessment.", assessmentSchema), 404: problem("No estate is served.") },
});

export const sourcesRoute = createRoute({
  method: "get",
  path: "/api/sources",
  summary: "The texts that the last assessment was read from.",
  responses: { 200: json("Texts by path.", sourcesSchema), 404: problem("No estate is served.") },
});

function reportRoute(path: `/api/${string}`, kind: string, command: string, summary: string) {
  const schema = reportSchema(kind, command);
  return createRoute({
    method: "get",
    path,
    summary,
    responses: { 200: json("The report.", schema), 404: problem("No estate is served.") },
  });
}

/** Reports over the reading that the last assessment stands on, so that all that the page shows fits together. */
export const reportRoutes = {
  audit: reportRoute(
    "/api/audit",
    "Audit",
    "audit --include-not-evaluable",
    "Findings of every rule, one for each thing to fix, worst first; and what could not be judged.",
  ),
  tenancy: reportRoute("/api/tenancy", "Tenancy", "tenancy", "Who shares what with whom, layer by layer."),
  kernel: reportRoute(
    "/api/tenancy/kernel",
    "TenancyKernel",
    "tenancy kernel",
    "What the kernels of the nodes have to share out, and who can starve whom.",
  ),
  reachability: reportRoute(
    "/api/tenancy/reachability",
    "Reachability",
    "tenancy reachability",
    "Who may reach whom, with the policies that decide it.",
  ),
} as const satisfies { readonly [name in ReportName]: object };

export const assessRoute = createRoute({
  method: "post",
  path: "/api/assess",
  summary: "Assesses the posted files. Nothing is stored.",
  request: { body: { required: true, content: { "application/json": { schema: assessBodySchema } } } },
  responses: {
    200: json("The assessment. Bad input gives diagnostics in it.", assessmentSchema),
    400: problem("The body is not JSON, or not of this shape."),
    413: problem("The body is too large."),
    422: problem("Nothing in the files can be assessed."),
  },
});

/** Ids hold slashes, so that the address is matched apart from this description. */
export const explainRoute = createRoute({
  method: "get",
  path: "/api/explain/{id}",
  summary: "One figure of the last assessment with its reasons. The id may hold slashes.",
  request: { params: z.object({ id: z.string().openapi({ example: "cost/monthly/total" }) }) },
  responses: { 200: json("The figure.", figureSchema), 404: problem("No estate is served, or it has no such figure.") },
});

export const healthRoute = createRoute({
  method: "get",
  path: "/healthz",
  summary: "Whether the server answers.",
  responses: { 200: json("It does.", healthSchema) },
});
