/** The commit that the page was built from; empty outside of a repository. */
declare const __BUILD__: string;
