import { describe, expect, test } from "vitest";
import { ExternalError } from "../../operations/external-error.ts";
import type { UsageRequest, UsageSample } from "../../operations/ports.ts";
import type { ClientOptions } from "../http/polite-client.ts";
import { type PrometheusOptions, prometheusSource } from "./prometheus-source.ts";

/** One question as the server hears it. */
interface Question {
  readonly path: string;
  readonly query: string;
  readonly start: number;
  readonly end: number;
  readonly step: number;
  readonly headers: Headers;
  readonly method: string;
}

type Answer = (question: Question) => Response | Promise<Response>;

const success = (result: unknown, more: object = {}) =>
  Response.json({ status: "success", data: { resultType: "matrix", result }, ...more });
const isKills = ({ query }: Question) => query.includes("OOMKilled");
const failure = (status: number, errorType: string, error: string, headers: { readonly [name: string]: string } = {}) =>
  Response.json({ status: "error", errorType, error }, { status, headers });

const web = { namespace: "shop", pod: "web-6d4-x" };

/** A value at every step that is asked for. */
function series(labels: object, { start, end, step }: Question, value: (time: number) => string | number): object {
  const values: [number, string][] = [];
  for (let time = start; time <= end; time += step) values.push([time, String(value(time))]);
  return { metric: labels, values };
}

/** A server whose pods use half a core and one GiB. */
const healthy: Answer = (question) => {
  if (question.path.endsWith("/query") || isKills(question)) return success([]);
  return success([series(web, question, () => (question.query.includes("cpu") ? 0.5 : 2 ** 30))]);
};

function fake(answer: Answer, connection: Partial<PrometheusOptions> = {}) {
  const questions: Question[] = [];
  const slept: number[] = [];
  const client: ClientOptions = {
    fetch: async (address, { method, headers, body }) => {
      const url = new URL(address);
      const parameters = new URLSearchParams(body ?? url.search);
      const numberOf = (name: string) => Number(parameters.get(name));
      const question: Question = {
        path: url.pathname,
        query: parameters.get("query") ?? "",
        start: numberOf("start"),
        end: numberOf("end"),
        step: numberOf("step"),
        headers: new Headers(headers),
        method,
      };
      questions.push(question);
      return answer(question);
    },
    sleep: async (seconds) => {
      slept.push(seconds);
    },
    timeoutSeconds: 30,
    attempts: 4,
    mostBytes: 1_000_000,
  };
  const source = prometheusSource({ url: "http://prometheus:9090/", clusterLabel: "cluster", ...connection }, client);
  return { source, questions, slept };
}

const hour: UsageRequest = { from: 0, to: 3_600, stepSeconds: 300, clusters: ["weu"] };

async function readAll(
  answer: Answer,
  request: Partial<UsageRequest> = {},
  connection: Partial<PrometheusOptions> = {},
) {
  const { source, questions, slept } = fake(answer, connection);
  const measured = source.read({ ...hour, ...request });
  const samples: UsageSample[] = [];
  for await (const batch of measured.batches) samples.push(...batch);
  return { samples, diagnostics: measured.diagnostics(), questions, slept };
}

async function failureOf(answer: Answer, connection: Partial<PrometheusOptions> = {}): Promise<ExternalError> {
  const error: unknown = await readAll(answer, {}, connection).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ExternalError)) throw new Error(`no ExternalError but ${String(error)}`);
  expect(error.message).toMatch(/^[^\n]+\.$/);
  expect(error.hint).toMatch(/\.$/);
  return error;
}

describe("samples", () => {
  test("are one for each pod and step, named by where the step begins, in the units of usage", async () => {
    const { samples } = await readAll(healthy);
    expect(samples.map(({ time }) => time)).toEqual(Array.from({ length: 12 }, (_, step) => step * 300));
    expect(samples[0]).toMatchObject({ ...web, cpuCores: 0.5, memoryGiB: 1, cluster: undefined });
  });

  test("carry the workload by the owners of kube-state-metrics, and none where the kind is unknown", async () => {
    const owner = (labels: object) => ({ metric: { namespace: "shop", ...labels }, value: [0, "1"] });
    const { samples, diagnostics } = await readAll((question) => {
      if (question.path.endsWith("/query_range") && !isKills(question))
        return success(
          ["web-6d4-x", "night-1-y", "roll-z", "bare"].map((pod) =>
            series({ namespace: "shop", pod }, question, () => 1),
          ),
        );
      if (question.query.includes("kube_pod_owner"))
        return success([
          owner({ pod: "web-6d4-x", owner_kind: "ReplicaSet", owner_name: "web-6d4" }),
          owner({ pod: "night-1-y", owner_kind: "Job", owner_name: "night-1" }),
          owner({ pod: "roll-z", owner_kind: "CloneSet", owner_name: "roll" }),
          owner({ pod: "bare", owner_kind: "<none>", owner_name: "<none>" }),
        ]);
      return question.query.includes("replicaset")
        ? success([owner({ replicaset: "web-6d4", owner_kind: "Deployment", owner_name: "web" })])
        : success([owner({ job_name: "night-1", owner_kind: "CronJob", owner_name: "night" })]);
    });
    const workloads = Object.fromEntries(samples.map(({ pod, workload }) => [pod, workload]));
    expect(workloads).toEqual({ "web-6d4-x": "Deployment/web", "night-1-y": "CronJob/night" });
    expect(diagnostics).toEqual([]);
  });

  test("of a pod that is gone end with its memory, though the rate of its CPU goes on", async () => {
    const { samples } = await readAll((question) => {
      if (question.path.endsWith("/query") || isKills(question)) return success([]);
      const isCpu = question.query.includes("cpu");
      return success([series(web, isCpu ? question : { ...question, end: 900 }, () => 1)]);
    });
    expect(samples.length).toBe(3);
  });

  test("say how often memory killed a container of the pod in the step", async () => {
    const { samples } = await readAll((question) =>
      isKills(question) ? success([{ metric: web, values: [[900, "2"]] }]) : healthy(question),
    );
    expect(samples.map(({ oomKills }) => oomKills ?? 0)).toEqual([0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  });

  test("keep NaN and infinity for the meter to count", async () => {
    const { samples } = await readAll((question) => {
      if (question.path.endsWith("/query") || isKills(question)) return success([]);
      const odd = ["NaN", "+Inf", "-Inf"];
      return success([
        series(web, question, (time) => (question.query.includes("cpu") ? (odd[time / 300 - 1] ?? 1) : 0)),
      ]);
    });
    expect(samples.slice(0, 4).map(({ cpuCores }) => cpuCores)).toEqual([NaN, Infinity, -Infinity, 1]);
  });

  test("of a series that is answered twice stay two, to be counted as duplicates", async () => {
    const { samples } = await readAll((question) =>
      question.path.endsWith("/query") || isKills(question)
        ? success([])
        : success([series(web, question, () => 1), series(web, question, () => 1)]),
    );
    expect(samples.length).toBe(24);
  });

  test("name their cluster where there are several, and an undeclared one is told", async () => {
    const { samples, diagnostics } = await readAll((question) =>
      question.path.endsWith("/query") || isKills(question)
        ? success([])
        : success(["weu", "wue"].map((cluster) => series({ ...web, cluster }, question, () => 1))),
    );
    expect(new Set(samples.map(({ cluster }) => cluster))).toEqual(new Set(["weu", "wue"]));
    expect(diagnostics.map(({ code }) => code)).toEqual(["EST-777", "EST-778"]);
    expect(diagnostics[1]?.message).toContain('cluster="wue"');
  });
});

describe("pieces of the window", () => {
  test("cover it once, without a gap, and hold no more points a series than Prometheus allows", async () => {
    const { samples, questions } = await readAll(healthy, { to: 300 * 30_000 });
    expect(samples.length).toBe(30_000);
    expect(new Set(samples.map(({ time }) => time)).size).toBe(30_000);
    const points = questions
      .filter(({ path }) => path.endsWith("range"))
      .map(({ start, end, step }) => (end - start) / step + 1);
    expect(Math.max(...points)).toBeLessThanOrEqual(11_000);
    expect(points.length).toBeLessThan(40);
  });

  test.each([
    ["too many samples", () => failure(422, "execution", "query processing would load too many samples into memory")],
    ["a timeout of the query", () => failure(503, "timeout", "query timed out in expression evaluation")],
    ["the resolution", () => failure(400, "bad_data", "exceeded maximum resolution of 11,000 points per timeseries")],
    ["an answer that is too long", () => new Response("x".repeat(2_000_000))],
  ])("shrink where the server refuses for %s", async (_what, refuse) => {
    const { samples, slept } = await readAll((question) =>
      (question.end - question.start) / question.step > 2 ? refuse() : healthy(question),
    );
    expect(samples.length).toBe(12);
    expect(slept).toEqual([]);
  });

  test("do not shrink for ever", async () => {
    const error = await failureOf(() => failure(422, "execution", "too many samples"));
    expect(error.message).toContain("even for a single step");
  });
});

describe("faults", () => {
  test("that pass are outwaited: longer each time, or as long as the server says", async () => {
    const faults = [
      () => Promise.reject(new TypeError("fetch failed")),
      () => new Response("busy", { status: 503 }),
      () => failure(429, "throttled", "slow down", { "retry-after": "17" }),
    ];
    const { samples, slept } = await readAll((question) => faults.shift()?.() ?? healthy(question));
    expect(samples.length).toBe(12);
    expect(slept).toEqual([1, 2, 17]);
  });

  test("a server that is not there", async () => {
    const cause = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:9090"), { code: "ECONNREFUSED" });
    const error = await failureOf(() => Promise.reject(new TypeError("fetch failed", { cause })));
    expect(error).toMatchObject({ failure: "unreachable" });
    expect(error.message).toBe(
      "http://prometheus:9090 cannot be reached: connect ECONNREFUSED 127.0.0.1:9090 (4 tries).",
    );
  });

  test("a server that is too slow", async () => {
    const error = await failureOf(() => Promise.reject(new DOMException("slow", "TimeoutError")));
    expect(error).toMatchObject({ failure: "unreachable" });
    expect(error.message).toBe("http://prometheus:9090 gave no answer within 30 s (4 tries).");
  });

  test.each([401, 403])("HTTP %i asks for a token", async (status) => {
    const error = await failureOf(() => new Response("no", { status }));
    expect(error).toMatchObject({ failure: "unauthorized" });
    expect(error.hint).toContain("SCANTLING_PROMETHEUS_TOKEN");
  });

  test.each([
    ["a page", () => new Response("<html>Sign in</html>"), "something else than its API: <html>Sign in</html>"],
    ["404", () => new Response("404 page not found", { status: 404 }), "HTTP 404: 404 page not found"],
    ["other JSON", () => Response.json({ hello: 1 }), "something else than its API"],
    ["JSON of another form", () => success("what"), "something else than its API"],
    ["an error of the query", () => failure(400, "bad_data", "parse error."), "cannot answer: parse error."],
    ["an error that lasts", () => failure(500, "internal", "broken"), "cannot answer: broken."],
    ["a gateway", () => new Response("bad gateway", { status: 502 }), "HTTP 502, also when asked again"],
  ])("%s is told apart", async (_what, answer, words) => {
    expect((await failureOf(answer)).message).toContain(words);
  });

  test("an empty server", async () => {
    const error = await failureOf(() => success([]));
    expect(error.message).toContain("has neither container_cpu_usage_seconds_total nor");
    expect(error.message).toContain("from 1970-01-01T00:00:00Z to 1970-01-01T01:00:00Z");
  });

  test("an address that is none", () => {
    expect(() => fake(healthy, { url: "prometheus:9090" })).toThrow("no http or https address");
  });

  test("warnings, partial answers and missing series are told, and what is there counts", async () => {
    const { samples, diagnostics } = await readAll((question) => {
      if (question.path.endsWith("/query") || isKills(question)) return success([], { isPartial: true });
      return question.query.includes("cpu")
        ? success([series(web, question, () => 1)], { warnings: ["store gateway 2 is unavailable"] })
        : success([]);
    });
    expect(samples.length).toBe(12);
    expect(samples[0]?.memoryGiB).toBeUndefined();
    expect(diagnostics.map(({ code }) => code)).toEqual(["EST-776", "EST-777", "EST-777"]);
    expect(diagnostics[0]?.message).toContain("store gateway 2");
  });

  test("an abort ends it at once", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(readAll(healthy, { signal })).rejects.toThrow("enough");
  });
});

describe("the request", () => {
  test("carries token and headers, and no message shows them", async () => {
    const connection = { url: "https://me:secret@mimir/prometheus/api/v1/", headers: { "X-Scope-OrgID": "team" } };
    const { questions } = await readAll(healthy, {}, connection);
    expect(questions[0]?.path).toBe("/prometheus/api/v1/query_range");
    expect(questions[0]?.headers.get("authorization")).toBe(`Basic ${btoa("me:secret")}`);
    expect(questions[0]?.headers.get("x-scope-orgid")).toBe("team");
    const bearer = await readAll(healthy, {}, { token: "t0k" });
    expect(bearer.questions[0]?.headers.get("authorization")).toBe("Bearer t0k");
    const error = await failureOf(() => Promise.reject(new TypeError("fetch failed")), connection);
    expect(`${error.message} ${error.hint}`).not.toContain("secret");
  });

  test("is repeated with GET where POST is not allowed", async () => {
    const { samples, questions } = await readAll((question) =>
      question.method === "POST" ? new Response("", { status: 405 }) : healthy(question),
    );
    expect(samples.length).toBe(12);
    expect(questions[1]?.method).toBe("GET");
  });
});
