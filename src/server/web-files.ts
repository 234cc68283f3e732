import { readFile } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";
import type { MiddlewareHandler } from "hono";

const contentTypes: { readonly [extension: string]: string } = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
  ".json": "application/json; charset=utf-8",
};

const notBuilt = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Scantling</title>
<body style="font-family: system-ui; max-width: 40rem; margin: 4rem auto; padding: 0 1rem">
<h1>The page is not built yet</h1><p>Run <code>npm run build:web</code> and load this page again.
The API answers already: <a href="/api/assessment">/api/assessment</a>, <a href="/openapi.json">/openapi.json</a>.</p></body></html>`;

/** Serves the built page. What it does not have is left to the next handler. */
export function webFiles(webRoot: string): MiddlewareHandler {
  return async (context, next) => {
    if (context.req.method !== "GET" && context.req.method !== "HEAD") return next();
    const path = context.req.path === "/" ? "/index.html" : context.req.path;
    const file = fileUnder(webRoot, path);
    const contentType = contentTypes[extname(path)];
    if (file === undefined || contentType === undefined) return next();
    const bytes = await readFile(file).catch(() => undefined);
    if (bytes === undefined) return path === "/index.html" ? context.html(notBuilt, 503) : next();
    // Names of assets carry a hash of their content; the page itself may change with every build.
    const cacheControl = path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache";
    return context.body(new Uint8Array(bytes), 200, { "content-type": contentType, "cache-control": cacheControl });
  };
}

/** The file of an address; undefined when it would lie outside of the folder or is hidden. */
function fileUnder(root: string, path: string): string | undefined {
  const decoded = decode(path);
  if (decoded === undefined || decoded.includes("\0") || decoded.split("/").some((part) => part.startsWith("."))) {
    return undefined;
  }
  const file = normalize(join(root, decoded));
  return file.startsWith(normalize(root) + sep) ? file : undefined;
}

function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
