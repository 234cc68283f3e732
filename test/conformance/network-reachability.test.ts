import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadEstate } from "../../src/estate/load-estate.ts";
import { memorySources } from "../../src/estate/sources/memory-sources.ts";
import { connectionLines } from "../../src/tenancy/reachability/connection-lines.ts";
import { estateReach } from "../../src/tenancy/reachability/estate-reach.ts";
import { routedPorts } from "../../src/tenancy/reachability/routed-ports.ts";

const shared = process.env.SCANTLING_SHARED ?? join(import.meta.dirname, "../../../shared");
const root = join(shared, "conformance/network-reachability");

const cases = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

function linesOf(name: string): readonly string[] {
  const files = readdirSync(join(root, name)).filter((file) => file !== "expected.txt");
  const texts = Object.fromEntries(files.map((file) => [file, readFileSync(join(root, name, file), "utf8")]));
  const estate = loadEstate(memorySources(texts));
  const routed = routedPorts(estate.objects, estate.services, estate.workloads);
  return estateReach(estate).flatMap(({ reach }) => connectionLines(reach, estate.workloads, routed));
}

describe("every connection equals that of an independent analyzer", () => {
  test("there are cases", () => {
    expect(cases.length).toBeGreaterThan(40);
  });

  test.each(cases)("%s", (name) => {
    const expected = readFileSync(join(root, name, "expected.txt"), "utf8").split("\n");
    const isConnection = (line: string) => line.includes("=>");
    expect(linesOf(name).filter(isConnection)).toEqual(
      expected
        .filter(isConnection)
        .map((line) => line.trim())
        .sort(),
    );
  });
});
