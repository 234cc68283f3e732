import { formatMoney } from "../../estate/figures/format-figure.ts";
import { isUnder, sourceDirectory } from "../../estate/sources/source-path.ts";
import type { EstateFigures } from "../../operations/planning/write-figures.ts";
import type { PlanWriting } from "../../operations/planning/write-plan.ts";
import type { Style } from "../terminal/style.ts";
import { wrap } from "../terminal/wrap.ts";
import { changedFileLines } from "./changed-files.ts";
import { commandText } from "./printed-command.ts";
import { counted } from "./words.ts";

/** Which files say what is planned, and what the estate comes to now that they do. */
export function planWrittenText(
  writing: PlanWriting,
  paths: readonly string[],
  { style, width }: { readonly style: Style; readonly width: number },
): string {
  const { files, placed, before, after } = writing;
  if (files.length === 0)
    return `${style.bold("Nothing to write: what is declared does what the plan does, for no more money.")}\n`;
  const clusters = writing.documents.filter(({ document }) => document.kind === "Cluster").length;
  const head = `The plan is written: ${counted(files.length, "file")}, ${counted(clusters, "Cluster document")}, ${counted(placed.length, "workload")} brought to ${placed.length === 1 ? "its pool" : "their pools"}`;
  const next = `Documents say what clusters are to be: ${commandText(["plan"], paths)} on what was declared before has the order of steps that keeps everything up. Review the changes, then deliver them as any others.`;
  return `${[
    ...wrap(head, width).map((line) => style.bold(line)),
    ...changedFileLines(files, { style, width }),
    "",
    ...figureLines(before, after),
    "",
    ...wrap(next, width),
    ...outsideLines(writing, width),
  ].join("\n")}\n`;
}

/** Who named one file does not read the new one beside it. */
function outsideLines({ files, roots }: PlanWriting, width: number): readonly string[] {
  const outside = files.filter(
    ({ path, before }) => before === undefined && !roots.some((root) => isUnder(path, root)),
  );
  const [first] = outside;
  if (first === undefined) return [];
  return wrap(
    `From now on name the folder, so that ${first.path} is read too: ${commandText(["assess"], [sourceDirectory(first.path)])}`,
    width,
  );
}

function figureLines(before: EstateFigures, after: EstateFigures): readonly string[] {
  const rows = [
    ["", "before", "written"],
    ["bill a month", formatMoney(before.monthly, before.currency), formatMoney(after.monthly, after.currency)],
    ["minutes down a month, all journeys", minutesText(before), minutesText(after)],
    ["clusters and pools", `${before.clusters} and ${before.pools}`, `${after.clusters} and ${after.pools}`],
  ] as const;
  const [first, second, third] = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map(
    ([label, old, now]) => `  ${label.padEnd(first ?? 0)}  ${old.padStart(second ?? 0)}  ${now.padStart(third ?? 0)}`,
  );
}

function minutesText({ minutes, downtimeMinutes }: EstateFigures): string {
  return [...minutes.values()].every((each) => each === undefined) ? "not known" : downtimeMinutes.toFixed(1);
}
