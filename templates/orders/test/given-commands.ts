import type { Database } from "../src/adapters/postgres/database.ts";
import { createEventStore } from "../src/adapters/postgres/event-store.ts";
import type { Commands } from "../src/application/commands.ts";
import { createOptimisticCommands } from "../src/application/optimistic-commands.ts";

/** The application service under test. */
export function givenCommands(database: Database): Commands {
  return createOptimisticCommands(createEventStore(database));
}
