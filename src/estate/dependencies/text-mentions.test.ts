import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findTextMentions } from "./text-mentions.ts";

function mentions(text: string): string[] {
  return findTextMentions(text).map(
    ({ key, host, port, certainty }) => `${key ?? "-"} ${host}${port === undefined ? "" : `:${port}`} ${certainty}`,
  );
}

describe("entries of configuration files", () => {
  test("YAML of an application", () => {
    const text = `
server:
  port: 8080
  address: 0.0.0.0
spring:
  # url: jdbc:postgresql://commented:5432/x
  datasource:
    url: jdbc:postgresql://db:5432/orders
    username: orders
  kafka:
    bootstrap-servers: "kafka-0.kafka:9092,kafka-1.kafka:9092"
  redis: {host: redis, port: 6379}
  data.redis.host: redis
logging.level.root: INFO
cron: "0 30 12 * * *"
at: 12:30
image: redis:7
`;
    expect(mentions(text)).toEqual([
      "url db:5432 stated",
      "bootstrap-servers kafka-0.kafka:9092 stated",
      "bootstrap-servers kafka-1.kafka:9092 stated",
      "data.redis.host redis stated",
    ]);
  });

  test("properties and environment files", () => {
    expect(
      mentions("orders.url = http://orders:8080/api\nexport DB_HOST=db\nweights=a:50,b:50\n; url=http://x\n"),
    ).toEqual(["orders.url orders:8080 stated", "DB_HOST db stated", "weights a:50 passing", "weights b:50 passing"]);
  });

  test("JSON, in lines or in one", () => {
    const settings = {
      Orders: { Url: "http://orders:8080" },
      ConnectionStrings: { Db: "Server=tcp:sql.example.com,1433;User ID=u;Password=p" },
      Logging: { LogLevel: "Info" },
    };
    const expected = ["Url orders:8080 stated", "Db sql.example.com:1433 stated"];
    expect(mentions(JSON.stringify(settings))).toEqual(expected);
    expect(mentions(JSON.stringify(settings, null, 2))).toEqual(expected);
  });

  test("a proxy names its own groups, so a name there counts in passing", () => {
    expect(
      mentions(
        "upstream backend {\n  server orders:8080 weight=5;\n}\nlocation / {\n  proxy_pass http://backend/;\n}\n",
      ),
    ).toEqual(["- orders:8080 passing", "- backend passing"]);
  });

  test("links for readers count in passing, as do those in running text", () => {
    expect(mentions("homepage: https://docs.example.com\nmessage: see https://docs.example.com/x for more\n")).toEqual([
      "homepage docs.example.com passing",
      "message docs.example.com passing",
    ]);
  });

  test("a dashboard calls nothing", () => {
    expect(mentions('{"schemaVersion": 38, "panels": [{"url": "http://orders:8080"}]}')).toEqual([]);
  });
});

test("no text makes it throw", () => {
  const fragment = fc.constantFrom(
    "http://",
    "a",
    ":",
    "80",
    "\n",
    '"',
    "k",
    "=",
    "{",
    "}",
    "[",
    "-",
    " ",
    "#",
    "url",
    ",",
    "\\",
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: "binary" }),
        fc.array(fragment, { maxLength: 60 }).map((parts) => parts.join("")),
      ),
      (text) => {
        for (const { host } of findTextMentions(text)) expect(host).toMatch(/^[a-z0-9.-]+$/);
      },
    ),
    { numRuns: 1000 },
  );
});

test.each([
  ["many lines", "a:1\n".repeat(150_000)],
  ["one long line", `x=${"a:1,".repeat(200_000)}`],
  ["one long URL", `x=http://${"a,".repeat(200_000)}`],
  ["many URLs in one word", "http://a?".repeat(50_000)],
  ["many open references", "$(".repeat(200_000)],
  ["many open templates", "{{".repeat(200_000)],
  ["many quotes", '"a":"'.repeat(100_000)],
])("%s of a hostile text are read in passing", (_what, text) => {
  expect(() => findTextMentions(text)).not.toThrow();
});
