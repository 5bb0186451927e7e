/** A hash of the script; empty where it was not built. */
declare const __BUILD__: string;
/** Whether this is the build that may ask CircleCI for a key set. */
declare const __FETCHING__: boolean;
