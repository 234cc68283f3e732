import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { ToolCheck } from "../../operations/tool-check.ts";

const execFileAsync = promisify(execFile);
const timeoutMilliseconds = 5_000;

interface Tool {
  readonly name: string;
  readonly versionArguments: readonly string[];
  /** What it is good for here. */
  readonly purpose: string;
}

const tools: readonly Tool[] = [
  {
    name: "helm",
    versionArguments: ["version", "--short"],
    purpose: "renders charts; without it: helm template ... | scantling assess -",
  },
  { name: "git", versionArguments: ["--version"], purpose: "will compare revisions; nothing needs it yet" },
];

/** Looks for the optional tools on PATH. The first row is the runtime itself. */
export async function checkTools(): Promise<readonly ToolCheck[]> {
  const runtime: ToolCheck = { name: "node", found: true, detail: `v${process.versions.node}` };
  return [runtime, ...(await Promise.all(tools.map(checkTool)))];
}

async function checkTool(tool: Tool): Promise<ToolCheck> {
  try {
    const { stdout } = await execFileAsync(tool.name, [...tool.versionArguments], { timeout: timeoutMilliseconds });
    return { name: tool.name, found: true, detail: `${stdout.trim().split("\n")[0] ?? ""}; ${tool.purpose}` };
  } catch {
    return { name: tool.name, found: false, detail: tool.purpose };
  }
}
