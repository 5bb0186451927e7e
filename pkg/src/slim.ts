export * from "./api.js";
export { init } from "./module/given.js";
