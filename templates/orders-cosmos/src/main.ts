import { start } from "./start.ts";

/** Any replica writes any stream; the version of the stream decides who was first. */
await start();
