import { ExternalError } from "../../operations/external-error.ts";
import type { PriceListSource, PricePage, Progress } from "../../operations/ports.ts";
import { ask, type ClientAnswer, type ClientOptions } from "../http/polite-client.ts";

const publicAddress = "https://prices.azure.com";
/** The version that carries savings-plan rates. */
const apiVersion = "2023-01-01-preview";
/** A region's virtual machines fill about ten pages: a list that does not end here does not end. */
const mostPages = 2_000;
const diskProducts = ["Premium SSD Managed Disks", "Standard SSD Managed Disks", "Standard HDD Managed Disks"];

/**
 * The Azure Retail Prices API: no sign-in, one request at a time, page after page. Of each region virtual machines as
 * they are consumed, their reservations, and managed disks; values of the filter are case sensitive.
 */
export function retailPricesSource(client: ClientOptions, address: string = publicAddress): PriceListSource {
  const { host, origin } = new URL(address);
  return {
    name: host,
    pages: (regions, signal, onProgress) => readRegions({ client, origin, host }, regions, signal, onProgress),
  };
}

interface PriceServer {
  readonly client: ClientOptions;
  readonly origin: string;
  readonly host: string;
}

async function* readRegions(
  server: PriceServer,
  regions: readonly string[],
  signal: AbortSignal | undefined,
  onProgress: Progress | undefined,
): AsyncGenerator<PricePage> {
  let rows = 0;
  for (const region of regions) {
    for (const filter of filtersOf(region)) {
      for await (const page of readPages(server, filter, signal)) {
        rows += page.rows.length;
        onProgress?.(`${server.host}: ${region}, ${rows.toLocaleString("en-US")} rows`);
        // Every page is fetched, so none is missing at the end.
        yield { ...page, hasNext: false };
      }
    }
  }
}

function filtersOf(region: string): readonly string[] {
  const quoted = region.replaceAll("'", "''");
  const disks = diskProducts.map((product) => `productName eq '${product}'`).join(" or ");
  return [
    `serviceName eq 'Virtual Machines' and armRegionName eq '${quoted}' and priceType eq 'Consumption'`,
    `serviceName eq 'Virtual Machines' and armRegionName eq '${quoted}' and priceType eq 'Reservation'`,
    `serviceName eq 'Storage' and armRegionName eq '${quoted}' and priceType eq 'Consumption' and (${disks})`,
  ];
}

async function* readPages(
  server: PriceServer,
  filter: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<PricePage> {
  const first = new URL("/api/retail/prices", server.origin);
  first.searchParams.set("api-version", apiVersion);
  first.searchParams.set("meterRegion", "'primary'");
  first.searchParams.set("$filter", filter);
  const seen = new Set<string>();
  let next: string | undefined = first.href;
  while (next !== undefined) {
    if (seen.size >= mostPages || seen.has(next))
      throw new ExternalError(`${server.host} links its pages in a circle.`, {
        hint: "Download the rows otherwise and give them with --from.",
      });
    seen.add(next);
    const { rows, link } = readPage(await askPage(server, next, signal), server);
    yield { rows, hasNext: link !== undefined };
    next = link;
  }
}

async function askPage(
  { client, host }: PriceServer,
  url: string,
  signal: AbortSignal | undefined,
): Promise<ClientAnswer> {
  const hint = "Try later, or give rows that are already downloaded with --from.";
  const answer = await ask({ name: host, url, signal, hint }, client);
  if (answer.status === 200) return answer;
  const excerpt = answer.excerpt === "" ? "" : `: ${answer.excerpt}`;
  throw new ExternalError(`${host} answers with HTTP ${answer.status}${excerpt}.`, {
    hint,
    failure: answer.status === 429 || answer.status >= 500 ? "unreachable" : undefined,
  });
}

function readPage(
  { json, excerpt }: ClientAnswer,
  { host, origin }: PriceServer,
): {
  readonly rows: readonly unknown[];
  readonly link: string | undefined;
} {
  const page = typeof json === "object" && json !== null ? (json as { readonly [name: string]: unknown }) : {};
  const { Items: rows, NextPageLink: link } = page;
  if (!Array.isArray(rows))
    throw new ExternalError(`${host} answers with something else than a page of prices: ${excerpt}.`, {
      hint: "Something between here and there may have answered: look at proxies.",
    });
  if (typeof link !== "string" || link === "") return { rows, link: undefined };
  const next = URL.parse(link);
  // The API has linked to its own host with a port written out.
  if (next === null || next.hostname !== new URL(origin).hostname)
    throw new ExternalError(`${host} links its next page to another host.`, {
      hint: "Something between here and there may have answered: look at proxies.",
    });
  return { rows, link: next.href };
}
