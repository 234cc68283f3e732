import { type Figure, likelyValue, type Reason } from "../../../src/estate/figures/figure.ts";
import { formatFigure, formatValue } from "../../../src/estate/figures/format-figure.ts";
import { formatPlace } from "../../../src/estate/sources/place.ts";

/** A figure with all it stands on, as nested Markdown bullets. */
export function figureMarkdown(figure: Figure): string {
  return [
    `**${formatFigure(figure)}** (\`${figure.id}\`)`,
    "",
    ...figure.reasons.flatMap((reason) => lines(reason, 0)),
    "",
  ].join("\n");
}

function lines(reason: Reason, depth: number): readonly string[] {
  const bullet = `${"  ".repeat(depth)}- `;
  switch (reason.kind) {
    case "formula":
      return [`${bullet}formula: \`${reason.text}\`${reason.source === undefined ? "" : ` (${reason.source})`}`];
    case "fact": {
      const mark = reason.verified ? "" : ", unverified";
      return [`${bullet}fact: ${reason.name} = ${valueText(reason)} (${reason.source}, ${reason.asOf}${mark})`];
    }
    case "declared": {
      const where = reason.place === undefined ? "" : ` (${formatPlace(reason.place)})`;
      return [`${bullet}declared: ${reason.name} = ${valueText(reason)}${where}`];
    }
    case "assumption":
      return [`${bullet}assumption ${reason.id}: ${reason.text}`];
    case "measurement":
      return [`${bullet}measured: ${reason.name} = ${valueText(reason)} (${reason.source}, ${reason.window})`];
    case "figure":
      return [
        `${bullet}${formatFigure(reason.figure)}`,
        ...reason.figure.reasons.flatMap((inner) => lines(inner, depth + 1)),
      ];
  }
}

/** Value with its unit, as a person reads it. */
export function valueText(reason: { readonly value: number | string; readonly unit?: string }): string {
  if (typeof reason.value === "number") return formatValue(reason.value, reason.unit ?? "");
  return reason.unit === undefined ? reason.value : `${reason.value} ${reason.unit}`;
}

/** Ids of the assumptions a figure stands on at any depth, those of the largest parts first. */
export function assumptionsOf(figure: Figure): readonly string[] {
  const found = new Set<string>();
  const visit = (one: Figure) => {
    for (const reason of one.reasons) if (reason.kind === "assumption") found.add(reason.id);
    const parts = one.reasons.flatMap((reason) => (reason.kind === "figure" ? [reason.figure] : []));
    const size = (part: Figure) => Math.abs(likelyValue(part) ?? 0);
    for (const part of parts.toSorted((a, b) => size(b) - size(a))) visit(part);
  };
  visit(figure);
  return [...found];
}
