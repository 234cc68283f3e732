import { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Assessment } from "../operations/assessment/assessment.ts";
import { indexFigures } from "../operations/explanation/explain-figure.ts";
import type { ReportName } from "../operations/named-reports.ts";
import { assessmentRoute, assessRoute, explainRoute, healthRoute, reportRoutes, sourcesRoute } from "./api-routes.ts";
import { assessBodySchema } from "./api-schemas.ts";
import { loopbackOnly } from "./loopback.ts";
import { nearestIds } from "./nearest-ids.ts";
import {
  answerProblem,
  bodyTooLarge,
  defect,
  invalidBody,
  noEstate,
  notFound,
  nothingUsable,
  unknownFigure,
} from "./problem.ts";
import { securityHeaders } from "./security-headers.ts";
import { type EstateSource, estateSource, type LoadEstate, type Unusable } from "./served-estate.ts";
import { webFiles } from "./web-files.ts";

/** What the server is made of; `main.ts` puts the adapters in, tests put doubles in. */
export interface ServerParts {
  readonly load: LoadEstate;
  /** Assesses posted texts. Bad input gives diagnostics. */
  readonly assess: (texts: ReadonlyMap<string, string>) => Assessment | Unusable;
  /** Folder of the built page; undefined serves the API alone. */
  readonly webRoot?: string;
  readonly version: string;
  /** Largest body that `POST /api/assess` takes. */
  readonly bodyLimitBytes?: number;
}

const reportNames = ["audit", "tenancy", "kernel", "reachability"] as const satisfies readonly ReportName[];
const defaultBodyLimitBytes = 64 * 2 ** 20;

/**
 * The HTTP API and the page. Stateless but for the last reading of the served estate. Routes are described in
 * `api-routes.ts` and registered beside their handlers.
 */
export function createServer(parts: ServerParts): OpenAPIHono {
  const app = new OpenAPIHono();
  app.use(securityHeaders);
  app.use(loopbackOnly);
  addReadRoutes(app, estateSource(parts.load));
  addAssessRoute(app, parts);
  addHealthRoute(app);
  app.doc31("/openapi.json", {
    openapi: "3.1.0",
    info: {
      title: "Scantling",
      version: parts.version,
      description: "Structure, cost and availability of one AKS estate.",
    },
  });
  if (parts.webRoot !== undefined) app.use(webFiles(parts.webRoot));
  app.notFound((context) => answerProblem(context, notFound));
  app.onError((error, context) => answerProblem(context, defect(error)));
  return app;
}

function addReadRoutes(app: OpenAPIHono, source: EstateSource): void {
  app.openAPIRegistry.registerPath(assessmentRoute);
  app.get(assessmentRoute.path, async (context) => {
    const served = await source.read();
    return served === undefined ? answerProblem(context, noEstate) : answerJson(context, served.assessment);
  });
  app.openAPIRegistry.registerPath(sourcesRoute);
  app.get(sourcesRoute.path, async (context) => {
    const served = await source.last();
    if (served === undefined) return answerProblem(context, noEstate);
    return answerJson(context, { texts: Object.fromEntries(served.texts) });
  });
  for (const name of reportNames) {
    const route = reportRoutes[name];
    app.openAPIRegistry.registerPath(route);
    app.get(route.path, async (context) => {
      const served = await source.last();
      return served === undefined ? answerProblem(context, noEstate) : answerJson(context, served.reports[name]());
    });
  }
  app.openAPIRegistry.registerPath(explainRoute);
  // Ids hold slashes: the parameter takes the rest of the address.
  app.get("/api/explain/:id{.+}", async (context) => explain(context, context.req.param("id"), source));
}

async function explain(context: Context, id: string, source: EstateSource): Promise<Response> {
  const served = await source.last();
  if (served === undefined) return answerProblem(context, noEstate);
  const figures = indexFigures(served.assessment);
  const figure = figures.get(id);
  if (figure === undefined) return answerProblem(context, unknownFigure(id, nearestIds(id, [...figures.keys()])));
  return answerJson(context, figure);
}

function addAssessRoute(app: OpenAPIHono, { assess, bodyLimitBytes = defaultBodyLimitBytes }: ServerParts): void {
  const limit = bodyLimit({
    maxSize: bodyLimitBytes,
    onError: (context) => answerProblem(context, bodyTooLarge(bodyLimitBytes)),
  });
  app.openAPIRegistry.registerPath(assessRoute);
  app.post(assessRoute.path, limit, async (context) => {
    const body: unknown = await context.req.json().catch(() => undefined);
    if (body === undefined) return answerProblem(context, invalidBody("It is not JSON."));
    const parsed = assessBodySchema.safeParse(body);
    if (!parsed.success) return answerProblem(context, invalidBody(firstIssue(parsed.error.issues)));
    const answer = assess(new Map(Object.entries(parsed.data.texts)));
    if (answer.kind === "Unusable") return answerProblem(context, nothingUsable(answer.diagnostics));
    return answerJson(context, answer);
  });
}

function addHealthRoute(app: OpenAPIHono): void {
  app.openAPIRegistry.registerPath(healthRoute);
  app.get(healthRoute.path, (context) => answerJson(context, { status: "ok" }));
}

/** Reports are read anew each time: no cache may keep one. */
function answerJson(context: Context, value: object): Response {
  return context.body(JSON.stringify(value), 200, {
    "content-type": "application/json; charset=utf-8",
    "cache-control": "no-store",
  });
}

function firstIssue(issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]): string {
  const [issue] = issues;
  if (issue === undefined) return "";
  const where = issue.path.length === 0 ? "" : ` at ${issue.path.map(String).join(".")}`;
  return `${issue.message}${where}.`;
}
