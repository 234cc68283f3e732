import { randomUUID } from "node:crypto";
import type { Database } from "../adapters/postgres/database.ts";
import type { Config } from "../config.ts";
import type { CommandService } from "../start.ts";
import { log } from "../telemetry/log.ts";
import { createActorCommands } from "./actor-commands.ts";
import { listenToPeers } from "./peer.ts";
import { giveBackAll, type Replica, renewAll } from "./shard-leases.ts";

/** Starts the actors of this replica: leases are renewed until the end and given back then. */
export async function startActors(database: Database, config: Config): Promise<CommandService> {
  const replica: Replica = { id: randomUUID(), address: config.peerAddress, leaseSeconds: config.leaseSeconds };
  const { commands, executeLocally } = createActorCommands(database, replica);
  const stopListening = listenToPeers(config.peerPort, executeLocally);
  const renewal = setInterval(
    () => {
      renewAll(database, replica).catch((error: unknown) =>
        log("error", "leases not renewed", { error: String(error) }),
      );
    },
    (config.leaseSeconds * 1000) / 3,
  );
  return {
    commands,
    stop: async () => {
      clearInterval(renewal);
      await stopListening();
      await giveBackAll(database, replica);
    },
  };
}
