import type { Item, ItemContainer } from "../../src/adapters/cosmos/item-container.ts";
import { CosmosAccountDouble } from "../../src/cosmos-double/account.ts";
import type { AccountOptions } from "../../src/cosmos-double/account-state.ts";
import { VirtualClock } from "../../src/cosmos-double/clock.ts";
import type { ClientOptions } from "../../src/cosmos-double/container-client.ts";
import type { ContainerSettings } from "../../src/cosmos-double/container-settings.ts";

export interface Register extends Item {
  readonly stream: string;
  readonly value: number;
}

export const regions = ["westeurope", "northeurope", "eastus"] as const;

/** An account of three regions with one container, on a clock that the test moves. */
export function givenAccount(
  options: Omit<AccountOptions, "clock"> = {},
  settings: Omit<ContainerSettings, "partitionKeyPath"> = {},
) {
  const clock = new VirtualClock();
  const account = new CosmosAccountDouble({ regions, ...options, clock });
  account.createContainer("shop", "events", { partitionKeyPath: "/stream", ...settings });
  const client = (clientOptions: ClientOptions = {}): ItemContainer =>
    account.client(clientOptions).container("shop", "events");
  return { account, clock, client };
}

export function register(value: number, id = "r"): Register {
  return { id, stream: "s", value };
}

export async function storedValue(container: ItemContainer, id = "r"): Promise<number> {
  const { item } = await container.read<Register>(id, "s");
  return item?.value ?? 0;
}
