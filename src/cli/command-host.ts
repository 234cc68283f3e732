import type { RepositoryFolder } from "../operations/gitops/repository-folder.ts";
import type { HclParser } from "../operations/gitops/verify-cloud.ts";
import type { TemplateReader } from "../operations/init/application-template.ts";
import type { ChartRenderer, PriceListSource, ResultCache, SourceReader, UsageSource } from "../operations/ports.ts";
import type { ToolCheck } from "../operations/tool-check.ts";
import type { ColorChoice, Style } from "./terminal/style.ts";

/** One output stream. */
export interface OutputStream {
  readonly isTerminal: boolean;
  /** Columns of the terminal; 100 in a pipe. */
  readonly columns: number;
  readonly write: (text: string) => void;
}

interface ServeOptions {
  readonly port: number | undefined;
  /** Called with the address once the server listens. */
  readonly onListening: (url: string) => void;
}

/** Which Prometheus-compatible API to ask, and how it is told who asks. */
interface PrometheusChoice {
  readonly url: string;
  readonly token: string | undefined;
  readonly headers: { readonly [name: string]: string };
  readonly clusterLabel: string;
  /** How long one query may take. */
  readonly timeoutSeconds: number;
}

/** Everything a command needs from outside; `main.ts` puts the adapters in, tests put doubles in. */
export interface CommandHost {
  readonly sources: SourceReader;
  readonly charts: ChartRenderer;
  /** Absent: everything is computed anew. */
  readonly openCache?: () => Promise<ResultCache>;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  /** Absolute path of the folder that the command runs in. */
  readonly workingFolder?: string;
  readonly environment: { readonly [name: string]: string | undefined };
  /** Today in UTC, `YYYY-MM-DD`. */
  readonly today: () => string;
  /** Seconds since 1970 in UTC. Absent: windows of time have to be given in full. */
  readonly now?: () => number;
  /** Absent: no Prometheus can be asked. */
  readonly openPrometheus?: (choice: PrometheusChoice) => Promise<UsageSource>;
  /** The price list of Azure. Absent: only downloaded rows can be read. */
  readonly openPriceList?: () => Promise<PriceListSource>;
  /** Aborts when the user interrupts. */
  readonly signal: AbortSignal;
  /** Text of a file, or of standard input for `-`, in chunks: for what may be longer than memory. Absent: no usage can be read. */
  readonly readChunks?: (path: string, signal: AbortSignal) => AsyncIterable<string>;
  /** Writes files whole or not at all; returns the paths that exist already and were left alone. */
  readonly writeFiles: (
    files: ReadonlyMap<string, string>,
    options: { readonly overwrite: boolean },
  ) => Promise<readonly string[]>;
  /**
   * Replaces texts that were read, all of them or none: none when one changed meanwhile or cannot be written, which is
   * returned with the reason. `before` is undefined for files that must be new.
   */
  readonly replaceFiles: (
    replacements: readonly { readonly path: string; readonly before: string | undefined; readonly after: string }[],
  ) => Promise<readonly { readonly path: string; readonly reason: string }[]>;
  /** Asks the person at the terminal; undefined at the end of input. Absent: nobody is there to be asked. */
  readonly ask?: (question: string) => Promise<string | undefined>;
  /** Folders that a repository is written to. Absent: none can be. */
  readonly openRepository?: () => Promise<RepositoryFolder>;
  /** Parses Terraform to read it back. Absent: it is not read back. */
  readonly parseHcl?: HclParser;
  /** Templates of applications. Absent: none can be written. */
  readonly templates?: TemplateReader & {
    /** Whether something new may be written there: an empty folder, or a path that does not exist. */
    readonly isFreeFolder: (path: string) => Promise<boolean>;
  };
  /** Nearest `estate.yaml` from the working folder upward, as a folder path. */
  readonly findEstateFolder: () => Promise<string | undefined>;
  readonly checkTools: () => Promise<readonly ToolCheck[]>;
  readonly serve: (paths: readonly string[], options: ServeOptions) => Promise<void>;
}

/** Options that every command takes. */
export interface GlobalOptions {
  readonly color: ColorChoice;
  readonly quiet: boolean;
}

/** A command's view of its run: host, styles of the two streams, quietness. */
export interface CommandRun {
  readonly host: CommandHost;
  readonly quiet: boolean;
  readonly outputStyle: Style;
  readonly errorStyle: Style;
}
