import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { formatQuantity, parseQuantity } from "../../src/estate/quantities/quantity.ts";
import { readYaml } from "../../src/estate/sources/read-yaml.ts";
import { kubeToolPath, skipsWithoutKubeTools } from "./kubectl.ts";

/** Runs kubectl on a manifest from standard input, without any cluster; its JSON, or undefined when it refuses. */
function kubectl(parameters: readonly string[], manifest: string): unknown {
  try {
    const options = {
      input: manifest,
      encoding: "utf8",
      env: { PATH: "", KUBECONFIG: "/dev/null" },
      stdio: "pipe",
    } as const;
    return JSON.parse(
      execFileSync(kubeToolPath("kubectl"), [...parameters, "--local", "-f", "-", "-o", "json"], options),
    );
  } catch {
    return undefined;
  }
}

function labelled(manifest: string): unknown {
  return kubectl(["label", "read=true"], manifest);
}

const HEAD = "apiVersion: example.com/v1\nkind: Example\nmetadata: {name: a, labels: {read: 'true'}}\n";

const SCALARS = [
  ..."y Y n N yes Yes no on ON off true TRUE tRUE false ~ null Null nULL 0 -0 +0 -1 +1 007 08 0644 -0644 0o644 0O17 0o8".split(
    " ",
  ),
  ..."0b101 0B11 0b2 0x1F -0X1F 0x 00x1 0x1.5 0x1p4 1_000 1__0 _1 1_ -_1 0_7 0x_1 0o7_7 1_000.5 1._5 ._5 .5_0 1.5 .5".split(
    " ",
  ),
  ..."-.5 +.5 1. . -. 1.30 1e3 1E3 1e+3 1.e3 .5e3 .e3 1e 1e1_0 1e400 1e-400 -0.0 .iNF inf nan 1:30 190:20:30 1:30.5".split(
    " ",
  ),
  ..."2001-12-14 2001-12-14t21:59:43.10-05:00 9007199254740991 1.2.3 1,000 <<x = a:b 'yes' \"0644\" 1e5 1e6 0.0001 0.00001".split(
    " ",
  ),
  ..."1234567.0 123456789.123 100000.5 16777217.5 -1e5 0.1 !!str&a !!seq".split(" ").slice(0, 6),
  "!!str yes",
  "!!int '1'",
  "!!float 1",
  "!!bool 'yes'",
  "!!null ''",
  "!!binary aGVsbG8=",
  "!local x",
  "! 12",
  "{a: 1, b}",
  "[yes, {c: 0o7}]",
];

/** Each costs a run of kubectl; the whole table stands beside the parser, recorded. */
const QUANTITIES =
  "- . Mi 1e 1e+3 1.5 1.5Gi 0.5Ki 1.G .5Gi 0.1n 1500m 1K 1ki 1GB 8Ei 7.9Ei 10Ei 1e-1000 1025Ki 1000k 1e3Ki --1 12e1 0.001Ki -0.1n -0.5Gi 3.7Ti".split(
    " ",
  );

describe.skipIf(skipsWithoutKubeTools())("the real kubectl", () => {
  it("reads values as we do", () => {
    const data = SCALARS.map((scalar, index) => `  k${index}: ${scalar}\n`).join("");
    const manifest = `${HEAD}data:\n${data}`;
    const ours = readYaml(manifest, "a.yaml");
    expect(ours.diagnostics).toStrictEqual([]);
    expect(ours.documents[0]?.value).toStrictEqual(labelled(manifest));
  });

  it("reads keys as we do", () => {
    const scalars = SCALARS.filter((scalar) => !/[[{]|^(~|null|Null)$|^!!null/.test(scalar));
    const data = scalars.map((scalar) => `  - {? ${scalar} : v}\n`).join("");
    const manifest = `${HEAD}data:\n${data}`;
    const ours = readYaml(manifest, "a.yaml");
    expect(ours.diagnostics).toStrictEqual([]);
    expect(ours.documents[0]?.value).toStrictEqual(labelled(manifest));
  });

  it.each([
    ".inf",
    "-.Inf",
    ".nan",
    "*x",
    "!!int 1.5",
    "!!float 'x'",
    "!!bool 1",
    "{~: 1}",
    "{[a]: 1}",
    "{<<: 1}",
    "@x",
    "[",
    "{a: {b}",
  ])("refuses %s as we do", (scalar) => {
    const manifest = `${HEAD}data: ${scalar}\n`;
    expect(readYaml(manifest, "a.yaml").diagnostics).toHaveLength(1);
    expect(labelled(manifest)).toBeUndefined();
  });

  it("reads lines that stand left of their key inside brackets and quotes as we do", () => {
    const manifest = `${HEAD}data: {\na: [\n1,\n2\n], b: "x\ny",\nc: 'p\n\nq'\n}\n`;
    expect(readYaml(manifest, "a.yaml").documents[0]?.value).toStrictEqual(labelled(manifest));
  });

  it("reads quantities as we do", { timeout: 120_000 }, () => {
    const pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: c, image: x}]}\n";
    for (const text of QUANTITIES) {
      const quantity = parseQuantity(text);
      const expected = kubectl(["set", "resources", `--limits=memory=${text}`], pod) as
        | {
            readonly spec: {
              readonly containers: readonly { readonly resources: { readonly limits: { readonly memory: string } } }[];
            };
          }
        | undefined;
      const written = expected?.spec.containers[0]?.resources.limits.memory;
      // kubectl keeps some texts as they were; read again, they must mean the same.
      const meant = written === undefined ? undefined : parseQuantity(written);
      expect([text, quantity && formatQuantity(quantity)]).toStrictEqual([text, meant && formatQuantity(meant)]);
      if (quantity !== undefined && written !== text)
        expect([text, formatQuantity(quantity)]).toStrictEqual([text, written]);
    }
  });
});
