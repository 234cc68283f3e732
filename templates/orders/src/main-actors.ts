import { startActors } from "./actors/start-actors.ts";
import { start } from "./start.ts";

/** One writer per stream: an actor in the replica that leases the shard of the stream. */
await start(startActors);
