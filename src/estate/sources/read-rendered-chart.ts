import type { ChartRequest } from "./chart.ts";
import type { Place } from "./place.ts";
import { readYaml } from "./read-yaml.ts";
import type { YamlDocument, YamlReading } from "./yaml-document.ts";

const SOURCE_COMMENT = /^# Source: [^/\s]+\/(.+?)\s*$/;

/**
 * Reads what a chart rendered to. The `# Source:` comment that helm writes above each object gives the template (place
 * of precision `file`, below the chart's folder); where there is none, or `texts` shows that the template is not there
 * (a packed subchart), the place says `rendered`.
 */
export function readRenderedChart(
  text: string,
  request: ChartRequest,
  texts?: ReadonlyMap<string, string>,
): YamlReading {
  const reading = readYaml(text, request.chart);
  const lines = text.split(/\r\n|\r|\n/);
  const placeOfLine = (line: number | undefined): Place => templatePlace(lines, line, request, texts);
  return {
    documents: reading.documents.map((document): YamlDocument => {
      const place = placeOfLine(document.locate([]).line);
      return {
        source: document.source,
        index: document.index,
        value: document.value,
        locate: () => place,
        scalarText: (path) => document.scalarText(path),
      };
    }),
    diagnostics: reading.diagnostics.map((diagnostic) => ({
      ...diagnostic,
      place: placeOfLine(diagnostic.place?.line),
    })),
  };
}

/** The template that the object around `line` came from. */
function templatePlace(
  lines: readonly string[],
  line: number | undefined,
  request: ChartRequest,
  texts: ReadonlyMap<string, string> | undefined,
): Place {
  for (let index = (line ?? 0) - 1; index >= 0; index -= 1) {
    const text = lines[index] ?? "";
    const template = SOURCE_COMMENT.exec(text)?.[1];
    if (template !== undefined) {
      const source = `${request.chart}/${template}`;
      if (texts === undefined || texts.has(source)) return { precision: "file", source };
      break;
    }
    if (/^---(\s|$)/.test(text)) break;
  }
  return { precision: "rendered", source: request.chart };
}
