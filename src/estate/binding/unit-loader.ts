import { chartNotRendered } from "../diagnostics/binding-diagnostics.ts";
import type { KubernetesObject } from "../kubernetes/kubernetes-object.ts";
import { readObjects } from "../kubernetes/read-objects.ts";
import { looksLikeScantlingGroup } from "../kubernetes/scantling-group.ts";
import { buildKustomization } from "../kustomize/build-kustomization.ts";
import type { RenderedChart } from "../sources/chart.ts";
import { readRenderedChart } from "../sources/read-rendered-chart.ts";
import type { BindingLog } from "./binding-log.ts";
import type { ManifestUnit } from "./manifest-unit.ts";
import { type FileReading, readFile } from "./read-files.ts";
import type { SourceIndex } from "./source-index.ts";

/** What a unit gave. */
export interface UnitContent {
  readonly objects: readonly KubernetesObject[];
  /** Part of it could not be read or rendered. */
  readonly broken: boolean;
}

/** Reads and renders each unit once, however many places it is for. */
export class UnitLoader {
  private readonly index: SourceIndex;
  private readonly renderedCharts: ReadonlyMap<string, RenderedChart>;
  private readonly log: BindingLog;
  private readonly readings = new Map<string, FileReading>();
  private readonly contents = new Map<string, UnitContent>();

  constructor(index: SourceIndex, renderedCharts: ReadonlyMap<string, RenderedChart>, log: BindingLog) {
    this.index = index;
    this.renderedCharts = renderedCharts;
    this.log = log;
  }

  /** What a file holds; its problems are the caller's to report, because whether they matter depends on its use. */
  file(path: string): FileReading {
    const known = this.readings.get(path);
    if (known !== undefined) return known;
    const reading = readFile(path, this.index);
    this.readings.set(path, reading);
    return reading;
  }

  /** The objects of a unit; problems of rendering go to the log when it is loaded first. */
  load(unit: ManifestUnit): UnitContent {
    const known = this.contents.get(unit.key);
    if (known !== undefined) return known;
    const content = this.read(unit);
    this.contents.set(unit.key, content);
    return content;
  }

  private read(unit: ManifestUnit): UnitContent {
    switch (unit.kind) {
      case "file": {
        const isNew = !this.readings.has(unit.path);
        const reading = this.file(unit.path);
        if (isNew) this.log.take(reading.diagnostics);
        return { objects: reading.objects, broken: reading.broken };
      }
      case "kustomization": {
        const { objects, diagnostics } = buildKustomization(unit.path, this.index.texts);
        this.log.take(diagnostics);
        // Documents of Scantling are read from their own files, whatever the kustomization makes of them.
        const deployed = objects.filter(({ apiVersion }) => !looksLikeScantlingGroup(apiVersion));
        return { objects: deployed, broken: diagnostics.some(({ severity }) => severity === "error") };
      }
      case "chart":
        return this.readChart(unit);
    }
  }

  private readChart({ request }: Extract<ManifestUnit, { kind: "chart" }>): UnitContent {
    const rendered = this.renderedCharts.get(request.key);
    if (rendered === undefined) {
      const place = request.place ?? { precision: "file" as const, source: `${request.chart}/Chart.yaml` };
      this.log.report(chartNotRendered, { chart: request.chart }, { place, affects: [request.chart] });
      return { objects: [], broken: true };
    }
    const reading = readRenderedChart(rendered.text, request, this.index.texts);
    const { objects, diagnostics } = readObjects(reading.documents);
    const found = [...rendered.diagnostics, ...reading.diagnostics, ...diagnostics];
    this.log.take(found);
    return { objects, broken: found.some(({ severity }) => severity === "error") };
  }
}
