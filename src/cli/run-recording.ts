import type { CommandHost, OutputStream } from "./command-host.ts";
import type { ExitCode } from "./exit-code.ts";

/** Something that a command gave out: to a stream, or to its output file. */
type Output =
  | { readonly to: "stdout" | "stderr"; readonly text: string }
  | { readonly to: "file"; readonly path: string; readonly text: string };

/** What a command gave out, in order, and its exit code: enough to do the same again. */
export interface RunRecording {
  readonly outputs: readonly Output[];
  readonly exitCode: ExitCode;
}

/** A host that passes everything on and remembers what was given out. */
export interface RecordingHost {
  readonly host: CommandHost;
  readonly outputs: readonly Output[];
  /** False once something was asked that the sources do not decide, or files other than the output file were written. */
  readonly isRepeatable: () => boolean;
}

export function recordRun(host: CommandHost, outputFile: string | undefined): RecordingHost {
  const outputs: Output[] = [];
  let isRepeatable = true;
  const recorded = (to: "stdout" | "stderr"): OutputStream => ({
    ...host[to],
    write: (text) => {
      // Progress is of the moment: the line takes itself back.
      if (!text.startsWith("\r")) outputs.push({ to, text });
      host[to].write(text);
    },
  });
  return {
    outputs,
    isRepeatable: () => isRepeatable,
    host: {
      ...host,
      stdout: recorded("stdout"),
      stderr: recorded("stderr"),
      charts: {
        // The tool that renders charts, and its settings, are not of the sources.
        render: (request, signal) => {
          isRepeatable = false;
          return host.charts.render(request, signal);
        },
      },
      writeFiles: (files, options) => {
        for (const [path, text] of files) {
          if (path === outputFile) outputs.push({ to: "file", path, text });
          else isRepeatable = false;
        }
        return host.writeFiles(files, options);
      },
    },
  };
}

/** Gives out again what a run gave out. */
export async function replayRun({ outputs, exitCode }: RunRecording, host: CommandHost): Promise<ExitCode> {
  for (const output of outputs) {
    if (output.to === "file") await host.writeFiles(new Map([[output.path, output.text]]), { overwrite: true });
    else host[output.to].write(output.text);
  }
  return exitCode;
}
