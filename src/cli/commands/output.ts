import type { CommandRun } from "../command-host.ts";
import { note } from "../command-run.ts";
import type { Document } from "../reporters/document.ts";
import { renderMarkdown } from "../reporters/render-markdown.ts";
import { renderTerminal } from "../reporters/render-terminal.ts";
import { createStyle } from "../terminal/style.ts";

export type ReportFormat = "table" | "json" | "yaml" | "markdown";

/** A report in the forms that a format may ask for. */
export interface Report {
  readonly data: unknown;
  readonly document: () => Document;
  /** Tables keep all their rows on a terminal too. */
  readonly everyRow?: boolean;
}

const terminalRows = 24;

/** Prints a report to stdout, or writes it to `outputFile`. */
export async function printReport(
  run: CommandRun,
  report: Report,
  format: ReportFormat,
  outputFile?: string,
): Promise<void> {
  await printText(run, await formatReport(run, report, format, outputFile !== undefined), outputFile);
}

/** Prints a text to stdout, or writes it to `outputFile`. */
export async function printText(run: CommandRun, text: string, outputFile?: string): Promise<void> {
  if (outputFile === undefined) {
    run.host.stdout.write(text);
    return;
  }
  await run.host.writeFiles(new Map([[outputFile, text]]), { overwrite: true });
  note(run, `Wrote ${outputFile}`);
}

async function formatReport(run: CommandRun, report: Report, format: ReportFormat, toFile: boolean): Promise<string> {
  switch (format) {
    case "json":
      return `${JSON.stringify(report.data, undefined, 2)}\n`;
    case "yaml": {
      const { stringify } = await import("yaml");
      return stringify(report.data, { lineWidth: 0, aliasDuplicateObjects: false });
    }
    case "markdown":
      return renderMarkdown(report.document());
    case "table":
      return renderTerminal(report.document(), {
        width: run.host.stdout.columns,
        style: toFile ? createStyle(false) : run.outputStyle,
        maximumRows: report.everyRow === true ? Number.POSITIVE_INFINITY : terminalRows,
      });
  }
}
