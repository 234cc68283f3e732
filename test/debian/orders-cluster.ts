import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A PostgreSQL server of Debian's package `postgresql`, in a temporary folder, on loopback. */
export interface PostgresCluster {
  readonly version: string;
  /** Creates an empty database; returns its address. */
  readonly createDatabase: (name: string) => string;
  /** The database as a script. */
  readonly dump: (url: string) => string;
  readonly restore: (url: string, script: string) => void;
  readonly stop: () => void;
}

const packages = "/usr/lib/postgresql";

export async function startPostgres(): Promise<PostgresCluster> {
  const version =
    readdirSync(packages)
      .toSorted((left, right) => Number(left) - Number(right))
      .at(-1) ?? "none";
  const binaries = join(packages, version, "bin");
  const folder = mkdtempSync(join(tmpdir(), "orders-postgres-"));
  const data = join(folder, "data");
  mkdirSync(data);
  chmodSync(folder, 0o755);
  const port = await freePort();
  const asServerUser = runnerFor(folder);
  asServerUser(join(binaries, "initdb"), "-D", data, "-U", "shop", "-A", "trust", "-E", "UTF8", "--no-sync");
  const settings = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c max_connections=200`;
  asServerUser(join(binaries, "pg_ctl"), "-D", data, "-w", "-l", join(data, "log"), "-o", settings, "start");
  const address = (name: string) => `postgres://shop@127.0.0.1:${port}/${name}`;
  return {
    version,
    createDatabase: (name) => {
      execFileSync(join(binaries, "createdb"), ["-h", "127.0.0.1", "-p", String(port), "-U", "shop", name]);
      return address(name);
    },
    dump: (url) => execFileSync(join(binaries, "pg_dump"), [url], { encoding: "utf8" }),
    restore: (url, script) => {
      execFileSync(join(binaries, "psql"), ["-q", "-v", "ON_ERROR_STOP=1", url], {
        input: script,
        stdio: ["pipe", "ignore", "inherit"],
      });
    },
    stop: () => {
      asServerUser(join(binaries, "pg_ctl"), "-D", data, "-m", "immediate", "-w", "stop");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The server refuses to run as root: then it runs as the user of the package. */
function runnerFor(folder: string): (program: string, ...commandLine: readonly string[]) => void {
  const isRoot = process.getuid?.() === 0;
  if (isRoot) execFileSync("chown", ["-R", "postgres", folder]);
  return (program, ...commandLine) => {
    const [command, ...rest] = isRoot
      ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", program]
      : [program];
    execFileSync(command ?? program, [...rest, ...commandLine], {
      cwd: folder,
      stdio: ["ignore", "ignore", "inherit"],
    });
  };
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
