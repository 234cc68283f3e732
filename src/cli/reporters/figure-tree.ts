import type { Figure, Reason } from "../../estate/figures/figure.ts";
import { formatFigure, formatValue } from "../../estate/figures/format-figure.ts";
import { formatPlace } from "../../estate/sources/place.ts";
import type { Style } from "../terminal/style.ts";
import { commandText } from "./printed-command.ts";

/** How a figure is unfolded. */
export interface FigureTreeLayout {
  readonly style: Style;
  /** Levels to unfold. */
  readonly depth: number;
  /** The estate of the figure, as the command was given it. */
  readonly paths: readonly string[];
}

/** A figure unfolded: formula, facts with source and date, what is declared and where, assumptions, parts. */
export function figureTree(figure: Figure, layout: FigureTreeLayout, indent = ""): string[] {
  const { style, depth, paths } = layout;
  const lines = [`${indent}${style.bold(formatFigure(figure))}${indent === "" ? style.dim(`  ${figure.id}`) : ""}`];
  if (depth === 0) {
    return figure.reasons.length === 0
      ? lines
      : [...lines, `${indent}  ${style.dim(`… unfold with: ${commandText(["explain", figure.id], paths)}`)}`];
  }
  return [...lines, ...figure.reasons.flatMap((reason) => reasonLines(reason, layout, `${indent}  `))];
}

function reasonLines(reason: Reason, layout: FigureTreeLayout, indent: string): string[] {
  if (reason.kind === "figure") return figureTree(reason.figure, { ...layout, depth: layout.depth - 1 }, indent);
  return [`${indent}${layout.style.dim(`${reason.kind}:`)} ${reasonInWords(reason)}`];
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
