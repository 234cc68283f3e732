#!/usr/bin/env node
// Plain JavaScript in old syntax: this file must be readable by any Node, to say which one is needed.
const needed = 24;
const current = Number.parseInt(process.versions.node, 10);
if (current >= needed) {
  import("node:module").then((module) => {
    module.enableCompileCache();
    return import("../src/cli/main.ts");
  });
} else {
  runWithInstalledNode();
}

/** `npm ci` installs Node 24 as a devDependency: an older Node on PATH hands over to it. */
async function runWithInstalledNode() {
  const { spawn } = await import("node:child_process");
  const { existsSync } = await import("node:fs");
  const { fileURLToPath } = await import("node:url");
  const executable = fileURLToPath(
    new URL(`../node_modules/node/bin/node${process.platform === "win32" ? ".exe" : ""}`, import.meta.url),
  );
  if (!existsSync(executable)) {
    process.stderr.write(
      `scantling needs Node ${needed} or newer, this is ${process.versions.node}; run "npm ci" here, which installs it.\n`,
    );
    process.exit(2);
  }
  const child = spawn(executable, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => {
    if (signal === null) process.exit(code ?? 2);
    process.exit(signal === "SIGINT" ? 130 : 2);
  });
}
