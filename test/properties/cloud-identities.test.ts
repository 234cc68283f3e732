import { join, resolve } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { beforeAll, describe, expect, it } from "vitest";
import { readSources } from "../../src/adapters/filesystem/read-sources.ts";
import { roleDefinitionId } from "../../src/catalog/azure-roles.ts";
import { loadEstate } from "../../src/estate/load-estate.ts";
import type { Estate } from "../../src/estate/model/estate.ts";
import { type CloudPlan, cloudGraph } from "../../src/gitops/cloud/graph/cloud-graph.ts";

const root = resolve(import.meta.dirname, "..", "..");
let estate: Estate;
let plan: CloudPlan;

beforeAll(async () => {
  estate = loadEstate(await readSources([join("examples", "nordwind")], {}, { workingFolder: root }));
  plan = cloudGraph(estate);
});

const ofType = (type: string) => plan.graph.resources.filter((resource) => resource.type === type);

describe("what an identity may do", () => {
  const told = (of: Estate) =>
    cloudGraph(of)
      .diagnostics.filter(({ code }) => code === "EST-987")
      .map(({ message }) => message);

  it("is told of pods that do not act as it, once for each workload, until their manifests name it", () => {
    const before = told(estate).filter((message) => message.startsWith("Pods of "));
    expect(before).toHaveLength(12);
    expect(before).toContain(
      "Pods of orders/Deployment/orders-api cannot act as id-orders-dev, id-orders-staging, id-orders-prod: they lack the label that asks for its token, and they run as the ServiceAccount default of their namespace.",
    );
    const workloads = estate.workloads.map((workload) => ({
      ...workload,
      podLabels: { ...workload.podLabels, "azure.workload.identity/use": "true" },
      podSpec: { ...workload.podSpec, serviceAccountName: "caller" },
    }));
    const asking = { ...estate, workloads };
    expect(told(asking).join("\n")).not.toContain("Pods of ");
    const credentials = cloudGraph(asking).graph.resources.filter(({ type }) =>
      type.endsWith("/federatedIdentityCredentials"),
    );
    expect(credentials.length).toBeGreaterThan(20);
    for (const { properties } of credentials)
      expect(properties["subject"]).toMatch(/^system:serviceaccount:(?:[\w-]+:caller|kube-system:keda-operator)$/);
  });

  it("is told of pods whose cluster gives out no tokens", () => {
    const clusters = estate.clusters.map((cluster) => ({
      ...cluster,
      identity: { ...cluster.identity, workloadIdentity: cluster.name !== "dev-weu" },
    }));
    const without = told({ ...estate, clusters }).filter((message) => message.includes("gives out no tokens"));
    expect(without).toHaveLength(12);
    for (const message of without) expect(message).toMatch(/act as id-[a-z-]+-dev: .* cluster dev-weu gives out/);
  });

  it("ends at its environment: nobody beside production reads what is declared once", () => {
    const rights = ofType("Microsoft.Authorization/roleAssignments").filter(({ parent }) =>
      /\/(?:Microsoft\.KeyVault\/vaults|Microsoft\.ServiceBus\/namespaces|Microsoft\.EventHub\/namespaces)\//.test(
        parent ?? "",
      ),
    );
    const holders = rights.map(({ properties }) => (properties["principalId"] as { readonly $ref: string }).$ref);
    expect(holders.filter((key) => key.endsWith("/id-orders-prod"))).toHaveLength(3);
    for (const key of holders) expect(key).toMatch(/-prod$/);
    const shut = told(estate).filter((message) => message.startsWith("Nobody of "));
    expect(shut).toEqual([
      "Nobody of dev, staging is let in to bus: it is declared once, and so is that of prod.",
      "Nobody of dev, staging is let in to vault: it is declared once, and so is that of prod.",
    ]);
  });

  it("is to receive and to send messages, and to change no queue", () => {
    const roles = ofType("Microsoft.Authorization/roleAssignments")
      .filter(({ parent }) => /Microsoft\.(?:ServiceBus|EventHub)\//.test(parent ?? ""))
      .map(({ properties }) => properties["roleDefinitionId"]);
    expect(new Set(roles)).toEqual(
      new Set(
        (["Service Bus", "Event Hubs"] as const).flatMap((service) => [
          roleDefinitionId(`Azure ${service} Data Receiver`),
          roleDefinitionId(`Azure ${service} Data Sender`),
        ]),
      ),
    );
  });
});

describe("the file that makes logins", () => {
  const scriptOf = (name: string, service: string): string => {
    const dataStores = estate.dataStores.map((store) => (store.name === name ? { ...store, service } : store));
    const scripts = cloudGraph({ ...estate, dataStores }).scripts.filter(({ tells }) => tells === `DataStore/${name}`);
    expect(scripts).toHaveLength(1);
    return scripts[0]?.text ?? "";
  };

  it("is there for every database, and each is told", () => {
    expect(plan.scripts.map(({ path }) => path.replace(/-[0-9a-f]{5}\.sql$/, ""))).toEqual([
      "infra/logins/psql-loyalty",
      "infra/logins/sql-ledger",
      "infra/logins/sql-orders",
    ]);
    const hints = plan.diagnostics.map(({ hint }) => hint ?? "");
    for (const { path } of plan.scripts) expect(hints.filter((hint) => hint.includes(path))).toHaveLength(1);
    expect(scriptOf("stock", "mysqlFlexible")).toContain("CREATE AADUSER 'id-inventory-prod'");
  });

  it("lets PostgreSQL callers read and write rows of tables that are there and that come, and change no table", async () => {
    const text = scriptOf("loyalty", "postgresqlFlexible").replace(/^\\connect "loyalty"$/m, "");
    const database = new PGlite();
    // Stands for the function that Azure has.
    await database.exec(`CREATE FUNCTION pgaadauth_create_principal(name text, a boolean, b boolean) RETURNS void
      LANGUAGE plpgsql AS $$ BEGIN EXECUTE format('CREATE ROLE %I', name); END $$;
      CREATE TABLE before (id serial PRIMARY KEY);`);
    await database.exec(text);
    await database.exec(text);
    await database.exec(`CREATE TABLE later (id serial PRIMARY KEY); SET ROLE "id-loyalty-prod";`);
    for (const table of ["before", "later"]) {
      await database.exec(`INSERT INTO ${table} DEFAULT VALUES; UPDATE ${table} SET id = 7;`);
      const { rows } = await database.query(`SELECT id FROM ${table}`);
      expect(rows).toEqual([{ id: 7 }]);
      await expect(database.exec(`DROP TABLE ${table}`)).rejects.toThrow(/must be owner/);
    }
    await expect(database.exec("CREATE TABLE own ()")).rejects.toThrow(/permission denied for schema public/);
    await database.close();
  });
});
