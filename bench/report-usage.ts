import { writeFileSync } from "node:fs";

/** What one process took of the machine. */
export interface ProcessUsage {
  /** Processor time of all threads: what the load of the machine changes least. */
  readonly processorSeconds: number;
  readonly peakMiB: number;
}

// Imported before a program: writes at its end what it took, to the file that the environment names.
const path = process.env["SCANTLING_BENCH_USAGE"];
if (path !== undefined) {
  process.on("exit", () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    const usage: ProcessUsage = { processorSeconds: (userCPUTime + systemCPUTime) / 1e6, peakMiB: maxRSS / 1024 };
    writeFileSync(path, JSON.stringify(usage));
  });
}
