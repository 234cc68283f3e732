import type { Figure, Reason } from "../../estate/figures/figure.ts";
import { formatFigure, formatValue } from "../../estate/figures/format-figure.ts";
import { formatPlace } from "../../estate/sources/place.ts";
import type { Style } from "../terminal/style.ts";

/** A figure unfolded: formula, facts with source and date, what is declared and where, assumptions, parts. */
export function figureTree(figure: Figure, style: Style, depth: number, indent = ""): string[] {
  const lines = [`${indent}${style.bold(formatFigure(figure))}${indent === "" ? style.dim(`  ${figure.id}`) : ""}`];
  if (depth === 0) {
    return figure.reasons.length === 0
      ? lines
      : [...lines, `${indent}  ${style.dim(`… unfold with: scantling explain ${figure.id}`)}`];
  }
  return [...lines, ...figure.reasons.flatMap((reason) => reasonLines(reason, style, depth, `${indent}  `))];
}

function reasonLines(reason: Reason, style: Style, depth: number, indent: string): string[] {
  if (reason.kind === "figure") return figureTree(reason.figure, style, depth - 1, indent);
  return [`${indent}${style.dim(`${reason.kind}:`)} ${reasonInWords(reason)}`];
}

/** One reason that is not itself a figure, in one line. */
function reasonInWords(reason: Exclude<Reason, { kind: "figure" }>): string {
  switch (reason.kind) {
    case "formula":
      return reason.source === undefined ? reason.text : `${reason.text} (${reason.source})`;
    case "fact":
      return `${reason.name} = ${valueInWords(reason.value, reason.unit)} (${reason.source}, ${reason.asOf}${reason.verified ? "" : ", unverified"})`;
    case "declared":
      return `${reason.name} = ${valueInWords(reason.value, reason.unit)}${reason.place === undefined ? "" : ` (${formatPlace(reason.place)})`}`;
    case "assumption":
      return `${reason.id}: ${reason.text}${reason.value === undefined ? "" : ` [${reason.value}]`}`;
    case "measurement":
      return `${reason.name} = ${valueInWords(reason.value, reason.unit)} (${reason.source}, ${reason.window})`;
  }
}

function valueInWords(value: number | string, unit: string | undefined): string {
  return typeof value === "number" ? formatValue(value, unit ?? "") : `${value}${unit === undefined ? "" : ` ${unit}`}`;
}
