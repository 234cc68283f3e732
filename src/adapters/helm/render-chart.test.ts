import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ChartRequest } from "../../estate/sources/chart.ts";
import { type HelmEnvironment, renderChart } from "./render-chart.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "scantling-helm-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const request: ChartRequest = {
  key: "prod/shop",
  chart: "charts/shop",
  release: "shop",
  namespace: "web",
  values: ["values.yaml", "/etc/prod.yaml"],
  kubernetesVersion: "1.34",
  place: { precision: "exact", source: "estate.yaml", line: 7, column: 5 },
};

/** Only node and a shell are taken for granted: sleep is a program of its own. */
const waitForever = `exec "${process.execPath}" -e "setTimeout(() => {}, 60000)"`;

/** A stand-in for helm: a shell script. */
function helm(script: string, more: Omit<HelmEnvironment, "executable" | "workingFolder"> = {}): HelmEnvironment {
  const executable = join(folder, "helm");
  writeFileSync(executable, `#!/bin/sh\n${script}\n`);
  chmodSync(executable, 0o755);
  return { executable, workingFolder: folder, ...more };
}

describe.runIf(process.platform !== "win32")("renderChart", () => {
  it("asks helm for the release, offline, and gives back what it prints", async () => {
    const { text, diagnostics } = await renderChart(
      request,
      undefined,
      helm('echo "$KUBECONFIG"; printf "%s\\n" "$@"'),
    );
    expect(text.trim().split("\n")).toStrictEqual([
      "/dev/null",
      "template",
      "--include-crds",
      "--skip-tests",
      "--namespace=web",
      "--kube-version=1.34",
      `--values=${join(folder, "values.yaml")}`,
      "--values=/etc/prod.yaml",
      "--",
      "shop",
      join(folder, "charts/shop"),
    ]);
    expect(diagnostics).toStrictEqual([]);
  });

  it("leaves out what was not asked for", async () => {
    const bare: ChartRequest = {
      ...request,
      namespace: undefined,
      kubernetesVersion: undefined,
      values: [],
      release: "-x",
    };
    const { text } = await renderChart(bare, undefined, helm('printf "%s\\n" "$@"'));
    expect(text.trim().split("\n").slice(3)).toStrictEqual(["--", "-x", join(folder, "charts/shop")]);
  });

  it("says that helm is missing, and how to do without", async () => {
    const { text, diagnostics } = await renderChart(request, undefined, { executable: join(folder, "none") });
    expect(text).toBe("");
    expect(diagnostics).toStrictEqual([
      {
        code: "EST-420",
        name: "helm-missing",
        severity: "error",
        message: 'The chart "charts/shop" was not rendered: there is no helm on PATH.',
        place: { precision: "exact", source: "estate.yaml", line: 7, column: 5 },
        hint: "Install helm 3 or 4. Render it elsewhere and pipe it in beside the paths of the estate: helm template shop charts/shop --namespace web --kube-version 1.34 --values values.yaml --values /etc/prod.yaml --include-crds --skip-tests | scantling assess ESTATE -",
        affects: ["charts/shop"],
      },
    ]);
  });

  it("gives helm's reason when it fails", async () => {
    const script =
      'echo "WARNING: old" >&2; echo "Error: chart requires kubeVersion: >=1.40." >&2; echo "Use --debug" >&2; echo partial; exit 1';
    const { place: _, ...unplaced } = request;
    const { text, diagnostics } = await renderChart(unplaced, undefined, helm(script));
    expect(text).toBe("");
    expect(diagnostics.map(({ name, message, place }) => [name, message, place])).toStrictEqual([
      [
        "chart-failed",
        'helm could not render the chart "charts/shop": chart requires kubeVersion: >=1.40.',
        { precision: "file", source: "charts/shop" },
      ],
    ]);
    const silent = await renderChart(request, undefined, helm("exit 3"));
    expect(silent.diagnostics[0]?.name).toBe("chart-failed");
  });

  it("passes on warnings, each once", async () => {
    const script =
      'for i in 1 2; do echo "coalesce.go:286: warning: cannot overwrite table" >&2; done; echo "note" >&2; echo "a: 1"';
    const { text, diagnostics } = await renderChart(request, undefined, helm(script));
    expect(text).toBe("a: 1\n");
    expect(diagnostics.map(({ severity, message }) => [severity, message])).toStrictEqual([
      ["note", 'helm says of the chart "charts/shop": cannot overwrite table.'],
    ]);
  });

  it("stops a helm that takes too long", async () => {
    const { diagnostics } = await renderChart(request, undefined, helm(waitForever, { timeoutSeconds: 0.2 }));
    expect(diagnostics.map(({ name, message }) => [name, message])).toStrictEqual([
      ["chart-timeout", 'helm took longer than 0.2 s for the chart "charts/shop" and was stopped.'],
    ]);
  });

  it("stops a helm that prints too much", async () => {
    const { text, diagnostics } = await renderChart(
      request,
      undefined,
      helm("while :; do echo a-line-of-a-chart-that-never-ends; done", { maximumMiB: 1 }),
    );
    expect(text).toBe("");
    expect(diagnostics.map(({ name }) => name)).toStrictEqual(["chart-too-large"]);
  });

  it("rejects when it is aborted", async () => {
    const controller = new AbortController();
    const rendering = renderChart(request, controller.signal, helm(waitForever));
    controller.abort(new Error("enough"));
    await expect(rendering).rejects.toThrow("enough");
  });
});
