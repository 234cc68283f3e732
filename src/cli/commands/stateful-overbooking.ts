import { type OverbookingOptions, overbooking } from "../../operations/stateful/overbooking.ts";
import type { CommandRun } from "../command-host.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { overbookingDocument } from "../reporters/overbooking-document.ts";
import { printReport, type ReportFormat } from "./output.ts";
import { printDiagnostics } from "./print-diagnostics.ts";

export interface StatefulOverbookingCommandOptions extends Omit<OverbookingOptions, "costs" | "refundable"> {
  readonly nonRefundable: boolean;
  readonly writeOffCost?: number;
  readonly retryCost?: number;
  readonly retrySuccess?: number;
  readonly compensateCost?: number;
  readonly coordinateCost?: number;
  readonly output: ReportFormat;
  readonly outputFile?: string;
}

/** `scantling stateful overbooking --capacity N --show-up P --price V --bump-cost B`. */
export async function statefulOverbookingCommand(
  run: CommandRun,
  options: StatefulOverbookingCommandOptions,
): Promise<ExitCode> {
  const { writeOffCost, retryCost, retrySuccess, compensateCost, coordinateCost } = options;
  const report = overbooking({
    ...options,
    refundable: !options.nonRefundable,
    costs: {
      ...(writeOffCost === undefined ? {} : { writeOff: writeOffCost }),
      ...(retryCost === undefined ? {} : { retry: retryCost }),
      ...(retrySuccess === undefined ? {} : { retrySuccess }),
      ...(compensateCost === undefined ? {} : { compensate: compensateCost }),
      ...(coordinateCost === undefined ? {} : { coordinate: coordinateCost }),
    },
  });
  printDiagnostics(run, report.diagnostics, new Map());
  if (report.best === undefined) return exitCode.cannot;
  const data = { data: report, document: () => overbookingDocument(report), everyRow: true };
  await printReport(run, data, options.output, options.outputFile);
  return exitCode.clean;
}
