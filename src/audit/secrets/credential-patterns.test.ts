import { expect, test } from "vitest";
import { credentialIn, isNamedSecret } from "./credential-patterns.ts";

test.each([
  ["-----BEGIN RSA PRIVATE KEY-----\nMII", "a private key"],
  [
    "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=abcdefghijklmnopqrstuvwxyz0123456789==",
    "a storage or bus key in a connection string",
  ],
  ["postgres://app:s3cretvalue@db:5432/app", "a password in an address"],
  ["Server=db;User Id=sa;Password=Passw0rd!;", "a password in a connection string"],
  ["postgres://app:$(DB_PASSWORD)@db:5432/app", undefined],
  ["https://user.example:8443/path", undefined],
  ["Password policy: at least 12 characters", undefined],
  ["tcp://orders:8080", undefined],
])("%s", (text, what) => {
  expect(credentialIn(text)).toBe(what);
});

test.each([
  ["DB_PASSWORD", "hunter2!", true],
  ["RABBITMQ_DEFAULT_PASS", "password", true],
  ["API_KEY", "abc123def", true],
  ["API_KEY", "$(FROM_VAULT)", false],
  ["PASSWORD_FILE", "/run/secrets/password", false],
  ["DB_PASSWORD", "/run/secrets/password", false],
  ["CLIENT_SECRET", "", false],
  ["REQUIRE_SECRET", "true", false],
  ["SECRET_NAME", "web-tls", false],
  ["AUTH_TOKEN_SECRET", "kjh234kjh234", true],
])("variable %s=%s is a secret: %s", (name, value, isSecret) => {
  expect(isNamedSecret(name, value)).toBe(isSecret);
});
