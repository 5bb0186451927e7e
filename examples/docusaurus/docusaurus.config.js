export default {
  title: "Acme platform",
  url: "https://docs.example.com",
  baseUrl: "/",
  trailingSlash: true,
  onBrokenLinks: "throw",
  // embed.html and host.js of the page stand in static/circleci-oidc/.
  scripts: [{ src: "/circleci-oidc/host.js", defer: true }],
  presets: [["classic", { docs: { routeBasePath: "/" }, blog: false, sitemap: false }]],
  themeConfig: {
    colorMode: { respectPrefersColorScheme: true },
    navbar: { title: "Acme platform" },
  },
};
