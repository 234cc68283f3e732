import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findHostMentions } from "./host-mention.ts";

function hosts(key: string, value: string): string[] {
  return findHostMentions(key, value).map(({ host, port }) => (port === undefined ? host : `${host}:${port}`));
}

describe("a host is found", () => {
  test.each([
    ["X", "http://orders:8080", ["orders:8080"]],
    ["X", "http://orders/api?x=1#y", ["orders"]],
    ["X", "HTTPS://Orders.Shop.svc.cluster.local./", ["orders.shop.svc.cluster.local"]],
    ["X", "grpc://orders.shop:50051", ["orders.shop:50051"]],
    ["X", "dns:///orders.shop:50051", ["orders.shop:50051"]],
    ["X", "dnssrv+_grpc._tcp.store.obs.svc:10901", ["store.obs.svc:10901"]],
    ["X", "amqp://user:pass@rabbitmq:5672/vhost", ["rabbitmq:5672"]],
    ["X", "amqp://u:p@mq-0.mq:5672,amqp://u:p@mq-1.mq:5672", ["mq-0.mq:5672", "mq-1.mq:5672"]],
    ["X", "mongodb://u:p@m-0.m:27017,m-1.m:27017/db?replicaSet=rs", ["m-0.m:27017", "m-1.m:27017"]],
    ["X", "mongodb+srv://u:p@cluster0.abcde.mongodb.net/db", ["cluster0.abcde.mongodb.net"]],
    ["X", "jdbc:postgresql://db:5432/orders?user=a", ["db:5432"]],
    ["X", "jdbc:sqlserver://sql:1433;databaseName=x;password=p@ss", ["sql:1433"]],
    ["X", "jdbc:oracle:thin:@//ora:1521/svc", ["ora:1521"]],
    ["X", "postgres://u:p@ss@w0rd@db:5432/x", ["db:5432"]],
    ["X", "postgres://u:$(DB_PASSWORD)@db:5432/x", ["db:5432"]],
    [
      "X",
      "Endpoint=sb://bus.servicebus.windows.net/;SharedAccessKeyName=a;SharedAccessKey=b=",
      ["bus.servicebus.windows.net"],
    ],
    [
      "X",
      "Server=tcp:sql.database.windows.net,1433;Database=x;User ID=u;Password=p",
      ["sql.database.windows.net:1433"],
    ],
    ["X", "Host=db;Port=5432;Database=x;Username=u;Password=p", ["db"]],
    ["X", "host=db port=5432 user=u password=p dbname=x", ["db"]],
    ["X", "redis:6379,password=secret,ssl=False", ["redis:6379"]],
    ["X", "kafka-0.kafka:9092,kafka-1.kafka:9092", ["kafka-0.kafka:9092", "kafka-1.kafka:9092"]],
    ["X", "a:9092;b:9092 c:9092", ["a:9092", "b:9092", "c:9092"]],
    ["", "--upstream=orders:8080", ["orders:8080"]],
    [
      "",
      "--initial-cluster=e0=http://etcd-0.etcd:2380,e1=http://etcd-1.etcd:2380",
      ["etcd-0.etcd:2380", "etcd-1.etcd:2380"],
    ],
    ["ORDERS_HOST", "orders", ["orders"]],
    ["ordersHost", "orders", ["orders"]],
    ["PGHOST", "db.example.com", ["db.example.com"]],
    ["DB_HOSTNAME", "db", ["db"]],
    ["CART_ADDR", "cart", ["cart"]],
    ["CART_ADDRESS", " cart ", ["cart"]],
    ["CART_URL", "cart", ["cart"]],
    ["CART_URI", "cart", ["cart"]],
    ["CART_ENDPOINT", "cart.shop", ["cart.shop"]],
    ["CART_URL", "cart:80/api", ["cart:80"]],
    ["DB_HOST", "10.20.30.40", ["10.20.30.40"]],
  ])("%s=%s", (key, value, expected) => {
    expect(hosts(key, value)).toEqual(expected);
  });
});

describe("no host is found", () => {
  test.each([
    ["a bare word", "SERVICE", "orders"],
    ["bare words in a command", "", "until nc -z rabbitmq 5672; do sleep 2; done"],
    ["a bare word under a key that only holds HOST", "HOST_NAME", "orders"],
    ["localhost", "X", "http://localhost:8080"],
    ["loopback", "X", "127.0.0.1:8080"],
    ["the unspecified address", "BIND_ADDRESS", "0.0.0.0"],
    ["the metadata service", "X", "http://169.254.169.254/metadata"],
    ["a port alone", "LISTEN_ADDR", ":8080"],
    ["a time", "AT", "12:30"],
    ["times", "WINDOW", "08:00-18:00"],
    ["a schedule", "CRON", "*/5 0-23 * * 1"],
    ["a hardware address", "MAC_ADDRESS", "00:1a:2b:3c:4d:5e"],
    ["a hardware address of letters", "X", "aa:bb:cc:dd:ee:ff"],
    ["IPv6", "X", "fe80::1"],
    ["IPv6 with a port", "X", "[::1]:8080"],
    ["IPv6 in a URL", "X", "http://[fd00::1]:80/"],
    ["a version", "X", "1.2.3"],
    ["a version under an address key", "APP_URL", "v1.2.3"],
    ["an image", "X", "ghcr.io/acme/orders:1"],
    ["an image of a private registry", "X", "registry.local:5000/orders:12"],
    ["a short image", "ORDERS_IMAGE", "redis:7"],
    ["an image by URL", "X", "docker://registry.local:5000/orders"],
    ["a path", "X", "/etc/app/config.yaml"],
    ["a file", "SCHEMA_URL", "schema.json"],
    ["a file by URL", "X", "file:///etc/passwd"],
    ["a socket", "X", "unix:///var/run/docker.sock"],
    ["a bucket", "X", "s3://backups/orders"],
    ["a template", "X", "http://{{ .Values.host }}:8080"],
    ["a half template", "X", "http://orders{{ .Values.suffix }}:8080"],
    ["a shell variable", "X", ["http://$", "{ORDERS_ADDR}/x"].join("")],
    ["an unresolved reference", "X", "http://$(ORDERS):80"],
    ["a placeholder", "X", "http://<your-host>/"],
    ["a format", "X", "http://%s:8080"],
    ["a wildcard", "X", "https://*.example.com"],
    ["a mail address", "FROM_ADDRESS", "shop@example.com"],
    ["a switch", "USE_URL", "true"],
    ["a constant", "MODE_URL", "NONE"],
    ["a wallet", "WALLET_ADDRESS", "0x52908400098527886E0F7030069857D2E4169EE7"],
    ["a digest", "X_URL", "e3b0c44298fc1c149afbf4c8996fb924"],
    ["a UUID", "X_ENDPOINT", "a3b0c442-98fc-4c14-9afb-f4c8996fb924"],
    ["a port out of range", "X", "orders:70000"],
    ["credentials", "ADMIN_PASSWORD", "admin:12345"],
    ["nothing", "ORDERS_HOST", "  "],
    ["a parameter that is another URL", "ONLY", "?next=http://%"],
  ])("%s: %s=%s", (_what, key, value) => {
    expect(hosts(key, value)).toEqual([]);
  });
});

describe("what is shown", () => {
  test.each([
    ["postgres://admin:hunter2@db:5432/x?sslpassword=hunter3", "postgresql"],
    ["amqp://admin:hunter2@db", "amqp"],
    ["postgres://admin:hun/ter2@db", "slash"],
    ["db:5432,password=hunter2", "list"],
    ["https://hooks.example.com/services/T0/hunter2", "path"],
    ["https://acme.example.com/?token=hunter2", "query"],
    ["https://hunter2@acme.example.com/", "user"],
  ])("never holds credentials, paths or queries: %s", (value) => {
    for (const { shown } of findHostMentions("X", value)) expect(shown).not.toMatch(/hunt?|ter2|admin/);
  });

  test("names the option of a URL", () => {
    expect(findHostMentions("", "--prometheus=http://prom:9090/x")[0]?.shown).toBe("--prometheus=http://prom:9090");
  });
});

describe("certainty", () => {
  test.each([
    ["ALLOWED_ORIGINS", "https://shop.example.com", "passing"],
    ["REDIRECT_URL", "https://shop.example.com/cb", "passing"],
    ["LISTEN_ADDR", "web:8080", "passing"],
    ["HOMEPAGE", "https://shop.example.com", "passing"],
    ["MESSAGE", "call a:80 now", "passing"],
    ["ORDERS_URL", "https://shop.example.com", "stated"],
    ["BROKERS", "a:9092, b:9092", "stated"],
  ])("%s=%s is %s", (key, value, certainty) => {
    expect(findHostMentions(key, value).map((mention) => mention.certainty)).toContain(certainty);
    expect(new Set(findHostMentions(key, value).map((mention) => mention.certainty)).size).toBe(1);
  });
});

describe("laws", () => {
  const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,12}[a-z0-9]$/);
  const otherKey = fc
    .stringMatching(/^[A-Z][A-Z_]{0,12}$/)
    .filter((key) => !/(?:HOST|HOSTNAME|ADDR|ADDRESS|URL|URI|ENDPOINT)$/.test(key));

  test("never a bare word, alone or in a row", () => {
    fc.assert(
      fc.property(otherKey, fc.array(word, { minLength: 1, maxLength: 5 }), (key, words) => {
        expect(findHostMentions(key, words.join(" "))).toEqual([]);
      }),
    );
  });

  test("never a number with a number", () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), fc.nat(), (key, left, right) => {
        expect(findHostMentions(key, `${left}:${right}`)).toEqual([]);
      }),
    );
  });

  test("always the host of a URL, whatever stands in its path", () => {
    fc.assert(
      fc.property(otherKey, word, fc.integer({ min: 1, max: 65535 }), fc.webPath(), (key, host, port, path) => {
        fc.pre(host !== "localhost" && !/^[0-9a-f]{16,}$/.test(host));
        expect(hosts(key, `http://${host}:${port}${path}`)).toContain(`${host}:${port}`);
      }),
      { numRuns: 50 },
    );
  });

  test("no text makes it throw, and every host found is a valid name", () => {
    const fragment = fc.constantFrom(
      "http://",
      "a",
      ":",
      "80",
      ",",
      "@",
      "/",
      "=",
      ";",
      "$(",
      ")",
      "{{",
      "}}",
      "jdbc:",
      "[",
      "]",
      " ",
      "\n",
      "host",
      "?",
      "%",
      "_",
      ".",
      "-",
    );
    fc.assert(
      fc.property(
        fc.string(),
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.array(fragment, { maxLength: 40 }).map((parts) => parts.join("")),
        ),
        (key, value) => {
          for (const { host } of findHostMentions(key, value)) expect(host).toMatch(/^[a-z0-9.-]{1,253}$/);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
