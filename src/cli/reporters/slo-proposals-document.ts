import type { SloProposals } from "../../operations/slo/slo-proposals.ts";
import { bullets, code, type Document, heading, paragraph, table } from "./document.ts";
import { counted } from "./words.ts";

/** SLIs and KPIs that fit the workloads. */
export function sloProposalsDocument({ indicators, keyFigures, assumptions }: SloProposals): Document {
  return [
    heading(1, "Proposed indicators"),
    paragraph(
      `${counted(indicators.length, "SLI")} for what has no SLO yet, and ${counted(keyFigures.length, "KPI")}. --to FOLDER writes them as OpenSLO documents.`,
    ),
    ...table(
      [{ title: "SLI" }, { title: "Target", align: "right" }, { title: "What" }],
      indicators.map(({ name, targetPercent, description }) => [code(name), `${targetPercent} %`, description]),
    ),
    ...(keyFigures.length === 0 ? [] : [heading(2, "Key figures")]),
    ...table(
      [{ title: "KPI" }, { title: "Cost a month of" }, { title: "Divided by" }],
      keyFigures.map(({ name, service, denominator }) => [code(name), service, code(denominator)]),
    ),
    ...(assumptions.length === 0 ? [] : [heading(2, "Assumptions")]),
    ...bullets(assumptions.map(({ id, subject, text }) => `${id} ${subject}: ${text}`)),
  ];
}
