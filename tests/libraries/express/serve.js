// Serves an application behind each of the options of `cors` that are given, under /0, /1 and so on.
import { createServer } from "node:http";
import cors from "cors";

const layers = process.argv.slice(2).map((options) => cors(eval(`(${options})`)));
const server = createServer((request, response) => {
  const layer = layers[request.url.split("/")[1]];
  layer(request, response, () => {
    response.setHeader("x-request-id", "1");
    if (request.headers["x-upstream"]) response.setHeader("access-control-allow-origin", "*");
    response.end("ran");
  });
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
