// First, so that the packed module does not part the code: gzip looks back 32 KiB, and it is longer.
import "virtual:payload";

export * from "./api.js";
