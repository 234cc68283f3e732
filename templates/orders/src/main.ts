import { createEventStore } from "./adapters/postgres/event-store.ts";
import { createOptimisticCommands } from "./application/optimistic-commands.ts";
import { start } from "./start.ts";

/** Any replica writes any stream; the version of the stream decides who was first. */
await start(async (database) => ({
  commands: createOptimisticCommands(createEventStore(database)),
  stop: async () => {},
}));
