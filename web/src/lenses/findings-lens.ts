import type { FindingSeverity } from "../../../src/audit/finding.ts";
import type { Box } from "../graph/box.ts";
import { type BoxMeasure, severities } from "../graph/measure-boxes.ts";
import { plural } from "../graph/plural.ts";
import type { BoxLook, Lens, SymbolName } from "./look.ts";

/** The symbol that stands beside each severity's colour. */
export const severitySymbols: { readonly [severity in FindingSeverity]: SymbolName } = {
  critical: "diamond",
  high: "alert",
  medium: "square",
  low: "circle",
  info: "ring",
};

/** Colour: the worst open finding. Badge: how many. */
export const findingsLens: Lens = {
  title: "Worst finding",
  arrows: undefined,
  legend: [
    ...severities.map((severity) => ({ tone: `severity-${severity}`, label: severity })),
    { tone: "none", label: "no open finding" },
  ],
  look: findingsLook,
};

function findingsLook(box: Box, measure: BoxMeasure): BoxLook {
  const isLeaf = box.kind === "workload" || box.kind === "group";
  const worst = severities.find((severity) => measure.findings.some((finding) => finding.severity === severity));
  const unknown = measure.notEvaluable === 0 ? "" : `${measure.notEvaluable} not evaluable`;
  if (worst === undefined) return { tone: "none", words: isLeaf ? unknown || "no finding" : "", badges: [] };
  const count = measure.findings.length;
  const title = `${plural(count, "open finding")}, worst ${worst}${unknown === "" ? "" : `; ${unknown}`}`;
  const badge = { symbol: severitySymbols[worst], text: String(count), tone: toneOf(worst), title } as const;
  return { tone: isLeaf ? `severity-${worst}` : "none", words: isLeaf ? worst : "", badges: [badge] };
}

function toneOf(severity: FindingSeverity): "bad" | "warn" | "plain" {
  if (severity === "critical" || severity === "high") return "bad";
  return severity === "medium" ? "warn" : "plain";
}
