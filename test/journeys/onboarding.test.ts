import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { repositoryRoot, runScantling } from "./run-scantling.ts";

const folder = mkdtempSync(join(tmpdir(), "scantling-onboarding-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const web = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: "registry.example/web:1.0.0", resources: {requests: {cpu: 500m, memory: 1Gi}}}]
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80}]}
`;

function run(...words: readonly string[]) {
  return runScantling([...words, "--today", "2026-11-22"], { in: folder });
}

function read(path: string): string {
  return readFileSync(join(folder, path), "utf8");
}

function texts(): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files.map((file) => {
      const path = join(file.parentPath, file.name);
      return [relative(folder, path), readFileSync(path, "utf8")];
    }),
  );
}

const tenant = `tenant add nordwind --name logistics --owner logistics-team,ops@nordwind.example
  --classification internal --trust external --quota cpu=8,memory=32Gi --budget 900`.split(/\s+/);
const application = `app add nordwind --name tracker --tenant carrier-partner --class standard
  --environments dev,prod --manifests nordwind/apps/tracker --objective 99.9%`.split(/\s+/);

beforeEach(() => {
  rmSync(join(folder, "nordwind"), { recursive: true, force: true });
  cpSync(join(repositoryRoot, "examples/nordwind"), join(folder, "nordwind"), { recursive: true });
  mkdirSync(join(folder, "nordwind/apps/tracker"));
  writeFileSync(join(folder, "nordwind/apps/tracker/web.yaml"), web);
});

describe("scantling tenant add", () => {
  test("writes the document beside its siblings, in their style, and says what it changes", () => {
    const { code, stdout } = run(...tenant);
    expect(code).toBe(0);
    expect(read("nordwind/tenants/logistics.yaml")).toBe(`apiVersion: scantling/v1alpha1
kind: Tenant
metadata: {name: logistics}
spec:
  owners:
    - {entraGroup: logistics-team}
    - {email: ops@nordwind.example}
  classification: internal
  trust: external
  quota: {cpu: "8", memory: 32Gi}
  budget: {monthlyCost: 900}
`);
    expect(stdout).toContain("Tenant logistics has joined");
    expect(stdout).toContain("within its budget of EUR 900.00");
    expect(stdout).toContain("scantling app add --tenant logistics");
  });

  test("a dry run prints the diff and writes nothing", () => {
    const before = texts();
    const { code, stdout } = run(...tenant, "--dry-run");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^--- \/dev\/null\n\+\+\+ b\/nordwind\/tenants\/logistics\.yaml\n/);
    expect(texts()).toEqual(before);
  });

  test("without a terminal one diagnostic names every flag that is missing", () => {
    const { code, stderr } = run("tenant", "add", "nordwind", "--name", "logistics", "--trust", "team");
    expect(code).toBe(2);
    expect(stderr).toContain('EST-920 answers-missing: "scantling tenant add" needs --owner, --classification.');
  });

  test("whatever it contradicts is said at once, and nothing is written", () => {
    const before = texts();
    const answers = ["--classification", "top-secret", "--accepts", "kernal=separate", "--quota", "disk=3"];
    const { code, stderr } = run(...tenant, "--name", "Logistics_1", ...answers, "--namespaces", "storefront");
    expect(code).toBe(2);
    expect(stderr).toContain('EST-923 onboarding-name-refused: Kubernetes refuses "Logistics_1"');
    expect(stderr).toContain("There is no classification top-secret");
    expect(stderr).toContain("Did you mean kernel?");
    expect(stderr).toContain("EST-925");
    expect(stderr).toContain("Namespace storefront belongs to tenant retail");
    expect(run(...tenant, "--name", "retail").stderr).toContain("EST-922");
    expect(texts()).toEqual(before);
  });
});

describe("scantling app add", () => {
  test("loads the manifests, finds the entry point of the objective, and says who shares what unasked", () => {
    const { code, stdout } = run(...application);
    expect(code).toBe(0);
    const written = read("nordwind/applications/tracker.yaml");
    expect(written).toContain("manifests: ../apps/tracker\n");
    expect(written).toContain("objective: 99.9%");
    expect(stdout).toMatch(/Bill: EUR [\d,.]+ a month, EUR [\d,.]+ more than before/);
    expect(stdout).toContain("1 workload in dev on dev-weu, 1 workload in prod on prod-neu and prod-weu");
    expect(stdout).toContain("Shared, and not accepted");
    expect(stdout).toContain("scantling audit nordwind.");
    expect(stdout.replaceAll(/\s+/g, " ")).toContain("scantling plan --write nordwind.");
    expect(stdout).toContain("objective 99.9%");
    expect(runScantling(["validate", "nordwind"], { in: folder }).code).toBe(0);
  });

  test("manifests are found as seen from here and from the estate's folder, and written as the document sees them", () => {
    const words = application.filter((word) => word !== "nordwind" && !word.startsWith("nordwind/"));
    const dryRun = (place: string, path: readonly string[], manifests: string) =>
      runScantling(
        [...words.flatMap((word) => (word === "--manifests" ? [word, manifests] : [word])), ...path, "--dry-run"],
        { in: join(folder, place) },
      );
    for (const { code, stdout } of [
      dryRun("nordwind/apps", [], "tracker"),
      dryRun(".", ["nordwind"], "apps/tracker"),
    ]) {
      expect(code).toBe(0);
      expect(stdout).toContain("manifests: ../apps/tracker\n");
    }
  });

  test("whatever it contradicts is said at once, and nothing is written", () => {
    const before = texts();
    const answers = ["--tenant", "retal", "--environments", "pord", "--manifests", "nordwind/apps/tracker"];
    const start = ["app", "add", "nordwind", "--name", "tracker", "--class", "standart"];
    const { code, stderr } = run(...start, ...answers, "--namespace", "storefront", "--objective", "always");
    expect(code).toBe(2);
    for (const said of ["Did you mean retail?", "Did you mean prod?", "Did you mean standard?", "EST-924", "EST-925"]) {
      expect(stderr).toContain(said);
    }
    expect(texts()).toEqual(before);
  });

  test("manifests that are nowhere are an error of the document that would name them", () => {
    const before = texts();
    const words = application.map((word) => (word === "nordwind/apps/tracker" ? "nordwind/apps/nowhere" : word));
    const { code, stderr } = run(...words);
    expect(code).toBe(2);
    expect(stderr).toContain("EST-220 manifests-not-found");
    expect(texts()).toEqual(before);
  });
});

describe("scantling app move", () => {
  test("to another tenant: one line changes, comments stay", () => {
    const before = read("nordwind/applications/loyalty.yaml");
    const { code, stdout } = run("app", "move", "loyalty", "nordwind", "--tenant", "platform-data");
    expect(code).toBe(0);
    expect(read("nordwind/applications/loyalty.yaml")).toBe(before.replace("tenant: retail", "tenant: platform-data"));
    expect(stdout).toContain("Application loyalty has moved to tenant platform-data");
  });

  test("to other clusters of an environment; what is so already is not written again", () => {
    const words = [
      "app",
      "move",
      "carrier-labels",
      "nordwind",
      "--cluster",
      "prod-weu,prod-neu",
      "--environment",
      "prod",
    ];
    expect(run(...words).code).toBe(0);
    expect(read("nordwind/applications/carrier-labels.yaml")).toContain("clusters: {prod: [prod-weu, prod-neu]}");
    const before = texts();
    expect(run(...words).stdout).toContain("Nothing to write");
    expect(texts()).toEqual(before);
  });

  test.each([
    [["nope", "nordwind", "--tenant", "retail"], "There is no application nope"],
    [
      ["loyalty", "nordwind", "--cluster", "dev-weu", "--environment", "prod"],
      "Names that would do: prod-neu, prod-weu",
    ],
    [["loyalty", "nordwind", "--cluster", "dev-weu", "--tenant", "retail"], "one at a time"],
    [["loyalty", "nordwind"], "--tenant, or --cluster and --environment"],
  ])("%s is refused", (words, said) => {
    const before = texts();
    const { code, stderr } = run("app", "move", ...words);
    expect(code).toBe(2);
    expect(stderr).toContain(said);
    expect(texts()).toEqual(before);
  });
});
