// Stands in for React and for Backstage around TechDocs' sanitizer, which asks them for no more than this.
export const useMemo = (make) => make();
export const useCallback = (action) => action;
export const configApiRef = {};
/** The part of app-config.yaml below `techdocs.sanitizer` is in the address. */
export const useApi = () => ({
  getOptionalConfig: () => ({
    getOptionalStringArray: (key) => (new URLSearchParams(location.search).has(key) ? new URLSearchParams(location.search).getAll(key) : undefined),
    getOptionalString: () => undefined,
  }),
});
