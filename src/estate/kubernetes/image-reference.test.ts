import { expect, test } from "vitest";
import { parseImageReference } from "./image-reference.ts";

test.each([
  ["nginx", undefined, "nginx", undefined, undefined],
  ["nginx:1.29", undefined, "nginx", "1.29", undefined],
  ["host:5000/app", "host:5000", "app", undefined, undefined],
  ["host:5000/team/app:2", "host:5000", "team/app", "2", undefined],
  ["localhost/app:1", "localhost", "app", "1", undefined],
  ["library/redis", undefined, "library/redis", undefined, undefined],
  ["ghcr.io/a/b:1@sha256:abc", "ghcr.io", "a/b", "1", "sha256:abc"],
  ["a/b@sha256:abc", undefined, "a/b", undefined, "sha256:abc"],
])("%s", (image, registry, repository, tag, digest) => {
  expect(parseImageReference(image)).toEqual({ registry, repository, tag, digest });
});
