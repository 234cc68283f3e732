import { accessMissing } from "../../../../estate/diagnostics/cloud-target-diagnostics.ts";
import { diagnose } from "../../../../estate/diagnostics/diagnostic-rule.ts";
import { listed } from "../../../../estate/diagnostics/wording.ts";
import type { Placed } from "../graph-draft.ts";
import type { StoreTask } from "./store-task.ts";

/** What makes users in one kind of database. */
export interface LoginDialect {
  /** The command that runs the file on a server, as a member of the administrators' group. */
  readonly command: (server: string, database: string) => string;
  /** Statements that make the users and give them what reading and writing rows takes. */
  readonly statements: (callers: readonly string[], database: string) => readonly string[];
}

export const postgresqlLogins: LoginDialect = {
  command: (server) =>
    `PGPASSWORD=$(az account get-access-token --resource-type oss-rdbms --query accessToken --output tsv) psql "host=${server}.postgres.database.azure.com dbname=postgres user=$DATABASE_ADMIN_GROUP_NAME sslmode=require" --file ${server}.sql`,
  // Logins belong to the server and are made in its database postgres; rights are those of a database.
  statements: (callers, database) => [
    ...callers.map(
      (caller) =>
        `SELECT pgaadauth_create_principal('${caller}', false, false) WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${caller}');`,
    ),
    "",
    `\\connect "${database}"`,
    ...callers.flatMap((caller) => [
      "",
      `GRANT USAGE ON SCHEMA public TO "${caller}";`,
      `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO "${caller}";`,
      `GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO "${caller}";`,
      "-- For tables to come, of the role that runs this: whoever else migrates the schema runs these two as well.",
      `ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO "${caller}";`,
      `ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO "${caller}";`,
      `-- Only where the application migrates its own schema: GRANT CREATE ON SCHEMA public TO "${caller}";`,
    ]),
  ],
};

export const mysqlLogins: LoginDialect = {
  command: (server) =>
    `mysql --host ${server}.mysql.database.azure.com --user "$DATABASE_ADMIN_GROUP_NAME" --enable-cleartext-plugin --password="$(az account get-access-token --resource-type oss-rdbms --query accessToken --output tsv)" < ${server}.sql`,
  statements: (callers, database) => [
    "SET aad_auth_validate_oids_in_tenant = OFF;",
    ...callers.flatMap((caller) => [
      "",
      `-- az identity show --name ${caller} --resource-group GROUP_OF_THE_IDENTITY --query clientId --output tsv`,
      `CREATE AADUSER '${caller}' IDENTIFIED BY 'CLIENT_ID';`,
      `GRANT SELECT, INSERT, UPDATE, DELETE ON \`${database}\`.* TO '${caller}'@'%';`,
    ]),
  ],
};

export const sqlLogins: LoginDialect = {
  command: (server, database) =>
    `sqlcmd -S ${server}.database.windows.net -d ${database} --authentication-method ActiveDirectoryDefault -i ${server}.sql`,
  statements: (callers) =>
    callers.flatMap((caller, index) => [
      ...(index === 0 ? [] : [""]),
      `IF DATABASE_PRINCIPAL_ID('${caller}') IS NULL CREATE USER [${caller}] FROM EXTERNAL PROVIDER;`,
      `ALTER ROLE db_datareader ADD MEMBER [${caller}];`,
      `ALTER ROLE db_datawriter ADD MEMBER [${caller}];`,
    ]),
};

/** Writes what makes the callers' users in a database, and says that somebody has to run it: no resource of Azure does. */
export function addLoginScript({ context, store, callers }: StoreTask, server: Placed, dialect: LoginDialect): void {
  const names = callers.map(({ identity }) => identity.name);
  if (names.length === 0) return;
  const path = `infra/logins/${server.name}.sql`;
  const lines = [
    "-- To be run by a member of the group of administrators, from inside the network:",
    `-- ${dialect.command(server.name, store.name)}`,
    "",
    ...dialect.statements(names, store.name),
  ];
  context.draft.scripts.push({ path, text: `${lines.join("\n")}\n`, tells: `DataStore/${store.name}` });
  const parameters = {
    lack: `${listed(names)} cannot log in to ${server.name} yet`,
    reason: "databases keep their users themselves, and no resource of Azure makes one",
    remedy: `As a member of the group of administrators, run ${path}, which has the command in its first lines.`,
  };
  context.draft.diagnostics.push(diagnose(accessMissing, parameters, { place: store.place }));
}
