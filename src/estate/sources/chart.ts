import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Place } from "../sources/place.ts";

/** A Helm chart that must be rendered before the estate can be loaded. The loader asks, an adapter renders. */
export interface ChartRequest {
  /** Key under which the answer is handed to `loadEstate`. */
  readonly key: string;
  /** Folder that holds `Chart.yaml`, as a path of the source set. */
  readonly chart: string;
  readonly release: string;
  readonly namespace: string | undefined;
  /** Values files in order of rising precedence, as paths of the source set. */
  readonly values: readonly string[];
  /** Kubernetes version to render for, such as `1.34`; undefined: the renderer's own. */
  readonly kubernetesVersion: string | undefined;
  /** Where the chart is named; undefined when it was only found in a folder. */
  readonly place?: Place;
}

/** The answer to one request. */
export interface RenderedChart {
  /** Rendered manifests as one multi-document YAML text; empty when rendering failed. */
  readonly text: string;
  /** Why it failed, or what the renderer warned of. An error here means that the chart could not be rendered. */
  readonly diagnostics: readonly Diagnostic[];
}
