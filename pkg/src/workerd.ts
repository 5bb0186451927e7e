// Runtimes that compile modules when they load a program, and none while it runs (Cloudflare Workers).
export * from "./api.js";
