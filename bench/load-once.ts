import { readSources } from "../src/adapters/filesystem/read-sources.ts";
import { loadEstate } from "../src/estate/load-estate.ts";
import { readYaml } from "../src/estate/sources/read-yaml.ts";

/** `read`: texts to documents; `load`: texts to the estate. */
export type LoadStage = "read" | "load";

/** What one process measured of itself. */
export interface LoadMeasurement {
  readonly seconds: number;
  /** Processor time of all threads: what the load of the machine changes least. */
  readonly processorSeconds: number;
  readonly peakMiB: number;
}

/**
 * Reads one file once, cold: in a process of its own, because peak memory is that of a process and a warm compiler
 * flatters.
 */
async function loadOnce(path: string, stage: LoadStage): Promise<LoadMeasurement> {
  const start = performance.now();
  const startProcessor = process.cpuUsage();
  const sources = await readSources([path]);
  if (stage === "load") loadEstate(sources);
  else for (const [source, text] of sources.texts) readYaml(text, source);
  const processor = process.cpuUsage(startProcessor);
  return {
    seconds: (performance.now() - start) / 1000,
    processorSeconds: (processor.user + processor.system) / 1e6,
    peakMiB: process.resourceUsage().maxRSS / 1024,
  };
}

const [, , path = "-", stage = "load"] = process.argv;
process.stdout.write(JSON.stringify(await loadOnce(path, stage === "read" ? "read" : "load")));
