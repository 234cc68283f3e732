import { CosmosAccountDouble } from "../../cosmos-double/account.ts";
import { systemClock } from "../../cosmos-double/clock.ts";
import { SdkItemContainer } from "./cosmos-container.ts";
import type { ItemContainer } from "./item-container.ts";

/** The containers of the application, which have to be there: nothing here may create any. */
export const containerSettings = {
  /** Streams of events, their heads and the marks of handled messages, which expire. */
  events: { partitionKeyPath: "/stream", defaultTimeToLive: -1 },
  /** Read models. */
  views: { partitionKeyPath: "/owner" },
  /** Messages whose delivery failed. */
  deliveries: { partitionKeyPath: "/queue" },
  /** Who reads which range of the change feed, and how far. */
  leases: { partitionKeyPath: "/processor" },
} as const;

export type CosmosContainers = Readonly<Record<keyof typeof containerSettings, ItemContainer>>;

export interface CosmosSettings {
  /** Absent: the contract double in this process, whose data end with it. */
  readonly endpoint: string | undefined;
  readonly database: string;
  /** Region of the process first. */
  readonly preferredRegions: readonly string[];
}

/**
 * Connects with the identity of the pod (workload identity): there is no key. The SDK is loaded only when it is needed.
 */
export async function connectCosmos(settings: CosmosSettings): Promise<CosmosContainers> {
  const { endpoint } = settings;
  if (endpoint === undefined)
    return doubleContainers(new CosmosAccountDouble({ clock: systemClock }), settings.database);
  const [sdk, { DefaultAzureCredential }] = await Promise.all([import("@azure/cosmos"), import("@azure/identity")]);
  const client = new sdk.CosmosClient({
    endpoint,
    aadCredentials: new DefaultAzureCredential(),
    connectionPolicy: { preferredLocations: [...settings.preferredRegions] },
  });
  const database = client.database(settings.database);
  return eachContainer(
    (id) => new SdkItemContainer(sdk, database.container(id), containerSettings[id].partitionKeyPath),
  );
}

/** The same containers in an account double; one client for all of them, as one process has. */
export function doubleContainers(
  account: CosmosAccountDouble,
  database: string,
  client = account.client(),
): CosmosContainers {
  return eachContainer((id) => {
    if (!account.hasContainer(database, id)) account.createContainer(database, id, containerSettings[id]);
    return client.container(database, id);
  });
}

function eachContainer(open: (id: keyof typeof containerSettings) => ItemContainer): CosmosContainers {
  return { events: open("events"), views: open("views"), deliveries: open("deliveries"), leases: open("leases") };
}
