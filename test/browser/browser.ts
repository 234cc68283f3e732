import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

/** Where the browser of a run came from. */
export interface FoundBrowser {
  readonly browser: Browser;
  readonly from: string;
}

const require = createRequire(import.meta.url);
const projectFolder = join(import.meta.dirname, "../..");

/** Our own flags: those of the package switch web security off. */
const flags = [
  "--no-sandbox",
  "--no-zygote",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
  "--no-first-run",
  "--font-render-hinting=none",
];

/**
 * The browser named by `SCANTLING_CHROMIUM`, else the one from npm (Linux x64), else Debian's. None found: undefined
 * with one loud line, an error when `CI` is `true`.
 */
export async function launchBrowser(): Promise<FoundBrowser | undefined> {
  const named = process.env["SCANTLING_CHROMIUM"];
  if (named !== undefined && named !== "") return launch(named, "SCANTLING_CHROMIUM");
  if (process.platform === "linux" && process.arch === "x64") return launch(await unpackBrowser(), "npm");
  if (existsSync("/usr/bin/chromium")) return launch("/usr/bin/chromium", "/usr/bin/chromium");
  const words = "NO BROWSER FOUND: the page is not tested. Set SCANTLING_CHROMIUM to the path of a Chromium.";
  if (process.env["CI"] === "true") throw new Error(words);
  process.stderr.write(`\n*** ${words} ***\n\n`);
  return undefined;
}

async function launch(executablePath: string, from: string): Promise<FoundBrowser> {
  return { browser: await chromium.launch({ executablePath, args: flags, headless: true }), from };
}

/** Unpacks Chromium, its libraries and its fonts into a folder of their version, and points the environment there. */
async function unpackBrowser(): Promise<string> {
  const packageFolder = join(dirname(require.resolve("@sparticuz/chromium")), "..");
  const { version } = JSON.parse(await readFile(join(packageFolder, "package.json"), "utf8")) as { version: string };
  const cache = join(projectFolder, "node_modules/.cache", `chromium-${version}`);
  await mkdir(cache, { recursive: true });
  // The package unpacks below the temporary folder, and takes whatever lies there, also from an older version.
  const temporaryFolder = process.env["TMPDIR"];
  process.env["TMPDIR"] = cache;
  try {
    const { default: sparticuz, inflate, setupLambdaEnvironment } = await import("@sparticuz/chromium");
    const executable = await sparticuz.executablePath();
    if (!existsSync(join(cache, "al2023"))) await inflate(join(packageFolder, "bin", "al2023.tar.br"));
    setupLambdaEnvironment(join(cache, "al2023", "lib"));
    process.env["FONTCONFIG_PATH"] = await writeFontConfiguration(cache);
    return executable;
  } finally {
    if (temporaryFolder === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = temporaryFolder;
  }
}

/** Without it no text is drawn at all where the system has no fonts. */
async function writeFontConfiguration(cache: string): Promise<string> {
  const dejaVu = join(dirname(require.resolve("dejavu-fonts-ttf/package.json")), "ttf");
  const folder = join(cache, "fontconfig");
  await mkdir(folder, { recursive: true });
  const alias = (family: string, preferred: string) =>
    `  <alias binding="same"><family>${family}</family><prefer><family>${preferred}</family></prefer></alias>`;
  const lines = [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    "<fontconfig>",
    `  <dir>${join(cache, "fonts", "fonts")}</dir>`,
    `  <dir>${dejaVu}</dir>`,
    `  <cachedir>${join(folder, "cache")}</cachedir>`,
    alias("sans-serif", "DejaVu Sans"),
    alias("monospace", "DejaVu Sans Mono"),
    "</fontconfig>",
    "",
  ];
  await writeFile(join(folder, "fonts.conf"), lines.join("\n"));
  return folder;
}
