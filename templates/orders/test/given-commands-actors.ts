import { randomUUID } from "node:crypto";
import { createActorCommands } from "../src/actors/actor-commands.ts";
import type { Database } from "../src/adapters/postgres/database.ts";
import type { Commands } from "../src/application/commands.ts";

let commands: Commands | undefined;

/** The application service under test: one replica for the whole process, as leases outlive a test. */
export function givenCommands(database: Database): Commands {
  const replica = { id: randomUUID(), address: "http://127.0.0.1:1", leaseSeconds: 3_600 };
  commands ??= createActorCommands(database, replica).commands;
  return commands;
}
