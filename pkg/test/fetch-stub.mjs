// A network of one answer for each address, in place of the real one: addresses of https://HOST/PATH are asked for at a server
// on this machine, with Node's own fetch, so that streams, redirects, limits and aborts are real.
import { once } from "node:events";
import { createServer } from "node:http";

/** `answers`: address to a body (an object is sent as JSON), or to a function of the server's response. */
export async function network(answers) {
  const asked = [];
  const server = createServer((request, response) => {
    const address = `https:/${request.url}`;
    asked.push(address);
    const answer = answers[address];
    if (answer === undefined) response.writeHead(404).end("nothing here");
    else if (typeof answer === "function") answer(response);
    else response.end(typeof answer === "string" ? answer : JSON.stringify(answer));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address();
  const real = globalThis.fetch;
  globalThis.fetch = (address, init) => real(String(address).replace(/^https:\//, `http://127.0.0.1:${port}`), init);
  return {
    asked,
    close() {
      globalThis.fetch = real;
      server.closeAllConnections();
      server.close();
    },
  };
}
