import { formatMinutes } from "../../estate/figures/format-figure.ts";
import { formatPlace } from "../../estate/sources/place.ts";
import type { CompositeSheet, SheetResult } from "../../operations/availability/composite-sheet.ts";
import { bullets, type Document, heading, paragraph, table } from "./document.ts";

const verdicts: { readonly [verdict in SheetResult["verdict"]]: string } = {
  reproduced: "right",
  truncated: "right, cut off in the place of rounded",
  notReproduced: "WRONG",
};

/** The verdict on each published figure, how a wrong one may have come about, and the computation. */
export function sheetDocument(report: CompositeSheet): Document {
  const { results, items, parts, regions, downtimeMinutesPerMonth: minutes, remarks } = report;
  const right = (title: string) => ({ title, align: "right" }) as const;
  if (parts === undefined) return [heading(1, `Worksheet ${report.source}`), paragraph("Not evaluable.")];
  return [
    heading(1, `Worksheet ${report.source}`),
    paragraph(summary(results)),
    ...table(
      [{ title: "Figure" }, right("Published"), right("Recomputed"), { title: "Verdict" }, { title: "At" }],
      results.map(({ name, published, rounded, verdict, place }) => [
        name,
        published,
        `${rounded}%`,
        verdicts[verdict],
        formatPlace(place),
      ]),
    ),
    ...results.flatMap(variantsOf),
    heading(2, "The computation"),
    ...table(
      [{ title: "Item" }, right("Available"), { title: "Structure" }, right("Instances")],
      items.map(({ name, percent, structure, count }) => [name, `${percent}%`, structure, String(count)]),
    ),
    ...bullets([
      `One region: ${parts.region}%`,
      ...(regions === 1 ? [] : [`Any of ${regions} regions: 1 - (1 - region)^${regions}`]),
      `Shared by all regions: ${parts.shared}%`,
      `The whole: ${parts.total}%${minutes === undefined ? "" : `, down ${formatMinutes(minutes)} in an SLA month of 30 days`}`,
    ]),
    ...(remarks.length === 0 ? [] : [heading(2, "What it does not say"), ...bullets(remarks)]),
  ];
}

function summary(results: readonly SheetResult[]): string {
  if (results.length === 0) return "It publishes no figure to prove or refute.";
  const wrong = results.filter(({ verdict }) => verdict === "notReproduced").length;
  if (wrong === 0) return results.length === 1 ? "The published figure is right." : "All published figures are right.";
  return wrong === results.length
    ? `${wrong === 1 ? "The published figure is" : "All published figures are"} wrong.`
    : `${wrong} of ${results.length} published figures are wrong.`;
}

function variantsOf({ name, published, computed, verdict, variants }: SheetResult): Document {
  if (verdict !== "notReproduced") return [];
  const reproducing = variants.filter(({ reproduces }) => reproduces);
  const shown = reproducing.length > 0 ? reproducing : variants;
  const title =
    reproducing.length > 0
      ? `${name}: the items give ${computed}%. ${published} comes out if`
      : `${name}: the items give ${computed}%. No usual mistake gives ${published}; the nearest is if`;
  return [paragraph(title), ...bullets(shown.map(({ what, percent }) => `${what}: ${percent}%`))];
}
