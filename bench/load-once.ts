import { readSources } from "../src/adapters/filesystem/read-sources.ts";
import { readYaml } from "../src/estate/sources/read-yaml.ts";

/** What one process measured of itself. */
export interface LoadMeasurement {
  readonly seconds: number;
  readonly peakMiB: number;
}

/**
 * Reads the file that is named on the command line once, cold, and prints what it took: a process of its own, because
 * peak memory is that of a process and a warm compiler flatters.
 */
async function loadOnce(path: string): Promise<LoadMeasurement> {
  const start = performance.now();
  const { texts } = await readSources([path]);
  for (const [source, text] of texts) readYaml(text, source);
  return { seconds: (performance.now() - start) / 1000, peakMiB: process.resourceUsage().maxRSS / 1024 };
}

process.stdout.write(JSON.stringify(await loadOnce(process.argv[2] ?? "-")));
