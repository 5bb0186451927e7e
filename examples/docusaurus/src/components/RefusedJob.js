import useBaseUrl from "@docusaurus/useBaseUrl";

/** The frame with a role picker. `roles`: the file of each role's policy below static/, by its name. */
export default function RefusedJob({ organization, roles }) {
  const root = useBaseUrl("/");
  return (
    <div className="circleci-oidc" data-organization={organization}>
      <p>
        <label>
          Role{" "}
          <select>
            {Object.entries(roles).map(([name, file]) => (
              <option key={name} value={root + file}>
                {name}
              </option>
            ))}
          </select>
        </label>
      </p>
      <iframe
        sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"
        src={`${root}circleci-oidc/embed.html`}
        title="Why is my job refused?"
        width="100%"
        height="900"
        style={{ border: 0, borderRadius: 10 }}
      />
    </div>
  );
}
