import { describe, expect, test } from "vitest";
import { ExternalError } from "../../operations/external-error.ts";
import { retailPricesSource } from "./retail-prices-source.ts";

const row = (name: string) => ({ armSkuName: name, retailPrice: 1 });
const page = (items: readonly unknown[], NextPageLink: string | null) =>
  Response.json({
    BillingCurrency: "USD",
    CustomerEntityId: "Default",
    Items: items,
    NextPageLink,
    Count: items.length,
  });

/** Asks for one region of a server that answers by address; `$filter` and `$skip` tell pages apart. */
async function pagesOf(answer: (url: URL, asked: number) => Response) {
  const urls: URL[] = [];
  const slept: number[] = [];
  const source = retailPricesSource({
    fetch: async (address) => {
      const url = new URL(address);
      urls.push(url);
      return answer(url, urls.length);
    },
    sleep: async (seconds) => {
      slept.push(seconds);
    },
    timeoutSeconds: 30,
    attempts: 3,
    mostBytes: 1_000_000,
  });
  const rows: unknown[] = [];
  for await (const each of source.pages(["westeurope"])) rows.push(...each.rows);
  return { rows, urls, slept };
}

const empty = () => page([], null);

async function failureOf(answer: (url: URL, asked: number) => Response): Promise<ExternalError> {
  const error: unknown = await pagesOf(answer).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ExternalError)) throw new Error(`no ExternalError but ${String(error)}`);
  return error;
}

describe("the Azure Retail Prices API", () => {
  test("is asked for machines, reservations and disks, in the version that has savings plans", async () => {
    const { urls } = await pagesOf(empty);
    expect(urls.map((url) => url.searchParams.get("$filter"))).toEqual([
      "serviceName eq 'Virtual Machines' and armRegionName eq 'westeurope' and priceType eq 'Consumption'",
      "serviceName eq 'Virtual Machines' and armRegionName eq 'westeurope' and priceType eq 'Reservation'",
      expect.stringContaining("productName eq 'Premium SSD Managed Disks' or"),
    ]);
    for (const url of urls) {
      expect(url.origin).toBe("https://prices.azure.com");
      expect(url.searchParams.get("api-version")).toBe("2023-01-01-preview");
      expect(url.searchParams.get("meterRegion")).toBe("'primary'");
    }
  });

  test("links pages, with its port written out, until a link is empty", async () => {
    const { rows, urls } = await pagesOf((url, asked) => {
      if (asked === 1) return page([row("a")], `https://prices.azure.com:443/api/retail/prices?$skip=1000`);
      if (url.searchParams.get("$skip") === "1000") return page([row("b")], "");
      return empty();
    });
    expect(rows).toEqual([row("a"), row("b")]);
    expect(urls.length).toBe(4);
  });

  test("is asked again after 429 and 5xx, when it says", async () => {
    const { rows, slept } = await pagesOf((_url, asked) => {
      if (asked === 1) return new Response("", { status: 429, headers: { "retry-after": "9" } });
      if (asked === 2) return new Response("", { status: 503 });
      return asked === 3 ? page([row("a")], null) : empty();
    });
    expect(rows).toEqual([row("a")]);
    expect(slept).toEqual([9, 2]);
  });

  test.each([
    ["that is throttled for good", () => new Response("", { status: 429 }), "HTTP 429", "unreachable"],
    ["that refuses the filter", () => Response.json({ Error: "bad" }, { status: 400 }), "HTTP 400", undefined],
    ["that is a proxy's page", () => new Response("<html>"), "something else than a page of prices", undefined],
    ["that links to another host", () => page([], "https://elsewhere.example/api"), "another host", undefined],
    [
      "that links in a circle",
      () => page([], "https://prices.azure.com/api/retail/prices?$skip=1"),
      "circle",
      undefined,
    ],
  ])("an answer %s ends it", async (_what, answer, words, failure) => {
    const error = await failureOf(answer);
    expect(error.message).toContain(words);
    expect(error.failure).toBe(failure);
  });
});
